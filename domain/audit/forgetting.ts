import { type Database, execute } from '../database.ts'

/**
 * Lets an act change or remove lines of the audit trail, which triggers refuse everybody else: who is to be forgotten, and
 * what is past its period, says so in its session.
 *
 * @param trx a transaction, whose one connection it is
 */
export async function forgetting<T>(trx: Database, act: () => Promise<T>): Promise<T> {
  await execute(trx, 'SET @perennial_forgetting = 1')
  try {
    return await act()
  } finally {
    await execute(trx, 'SET @perennial_forgetting = NULL')
  }
}
