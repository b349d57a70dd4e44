import { randomBytes } from 'node:crypto'
import { type Database, execute, rows } from '../database.ts'

/**
 * A key of 32 random bytes that all processes of the business share, e.g. for signing links. Made at the first call;
 * when several ask at once, all get the one that was stored first.
 *
 * @param name what the key is for, at most 64 ASCII characters
 */
export async function secret(db: Database, name: string): Promise<Buffer> {
  const found = await select(db, name)
  if (found !== null) return found
  await execute(db, 'INSERT IGNORE INTO secrets (name, value, created_at) VALUES (?, ?, UTC_TIMESTAMP(3))', [
    name,
    randomBytes(32),
  ])
  const made = await select(db, name)
  if (made === null) throw new Error(`The secret ${name} could not be stored`)
  return made
}

async function select(db: Database, name: string): Promise<Buffer | null> {
  const [row] = await rows<{ value: Buffer }>(db, 'SELECT value FROM secrets WHERE name = ?', [name])
  return row?.value ?? null
}
