import { randomBytes } from 'node:crypto'
import { type Database, execute, rows } from '../database.ts'

/**
 * A key of 32 random bytes that all processes of the business share, e.g. for signing links. Made at the first call;
 * when several ask at once, all get the one that was stored first. After {@link rotateSecret} it is the newest.
 *
 * @param name what the key is for, at most 64 ASCII characters
 */
export async function secret(db: Database, name: string): Promise<Buffer> {
  const [newest] = await keyring(db, name)
  if (newest === undefined) throw new Error(`The secret ${name} could not be stored`)
  return newest
}

/** All keys of a name, the newest first: the first one signs, every one verifies. Made as {@link secret} says. */
export async function keyring(db: Database, name: string): Promise<[Buffer, ...Buffer[]]> {
  const found = await select(db, name)
  if (found !== null) return found
  await execute(
    db,
    'INSERT IGNORE INTO secrets (name, version, value, created_at) VALUES (?, 1, ?, UTC_TIMESTAMP(3))',
    [name, randomBytes(32)],
  )
  const made = await select(db, name)
  if (made === null) throw new Error(`The secret ${name} could not be stored`)
  return made
}

async function select(db: Database, name: string): Promise<[Buffer, ...Buffer[]] | null> {
  const sql = 'SELECT value FROM secrets WHERE name = ? ORDER BY version DESC'
  const [newest, ...older] = (await rows<{ value: Buffer }>(db, sql, [name])).map(({ value }) => value)
  return newest === undefined ? null : [newest, ...older]
}
