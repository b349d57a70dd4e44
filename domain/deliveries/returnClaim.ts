import { type Database, execute } from '../database.ts'

/**
 * Puts a claim back as if it had not been taken: nothing of it was handed over. Whoever takes the next one counts anew.
 *
 * @param token of the claim; rows that carry another one by now are left alone
 */
export async function returnClaim(db: Database, token: Buffer): Promise<void> {
  await execute(
    db,
    `UPDATE deliveries SET state = 'queued', claim = NULL, attempts = attempts - 1
     WHERE claim = ? AND state = 'sending'`,
    [token],
  )
}
