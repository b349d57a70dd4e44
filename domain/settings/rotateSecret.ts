import { randomBytes } from 'node:crypto'
import { type Database, execute, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { readSettings } from './readSettings.ts'
import { secret } from './secret.ts'

/** A key without its value: the newest one signs, every one verifies. */
export type Key = { version: number; createdAt: Date }

/** As many keys are kept: each is tried with every link that is followed. */
const MOST = 20

/** The keys of a name, the newest first. */
export async function listKeys(db: Database, name: string): Promise<Key[]> {
  await secret(db, name)
  const sql = 'SELECT version, created_at AS createdAt FROM secrets WHERE name = ? ORDER BY version DESC'
  return rows<Key>(db, sql, [name])
}

/**
 * Makes a new key that signs from now on. What older ones have signed goes on to be good. Processes that sign take it up
 * with the next batch.
 *
 * @throws Problem `conflict` when there are too many
 */
export async function rotateSecret(db: Database, name: string, now: Date): Promise<void> {
  await secret(db, name)
  await readSettings(db)
  await db.transaction(async (trx) => {
    const kept = await lock(trx, name)
    if (kept.length >= MOST) throw new Problem('conflict', `At most ${MOST} keys are kept: remove an old one first`)
    const version = (kept[0]?.version ?? 0) + 1
    const values = [name, version, randomBytes(32), now]
    await execute(trx, 'INSERT INTO secrets (name, version, value, created_at) VALUES (?, ?, ?, ?)', values)
  })
}

/**
 * Removes an old key, for one that somebody else may know: nothing that it has signed is good any more.
 *
 * @throws Problem `not_found`, or `conflict` for the newest, which signs
 */
export async function removeKey(db: Database, name: string, version: number): Promise<void> {
  await db.transaction(async (trx) => {
    const kept = await lock(trx, name)
    if (!kept.some((key) => key.version === version)) throw new Problem('not_found', `There is no key ${version}`)
    if (kept[0]?.version === version) throw new Problem('conflict', 'This key signs now: make a new one first')
    await execute(trx, 'DELETE FROM secrets WHERE name = ? AND version = ?', [name, version])
  })
}

/** One at a time: the business's own row stands for all its keys. */
async function lock(trx: Database, name: string): Promise<{ version: number }[]> {
  await rows(trx, 'SELECT id FROM settings WHERE id = 1 FOR UPDATE')
  return rows(trx, 'SELECT version FROM secrets WHERE name = ? ORDER BY version DESC', [name])
}
