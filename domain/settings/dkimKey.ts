import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { type Database, execute, rows } from '../database.ts'

const NAME = 'dkim'

/**
 * The private key that mail is signed with, made at the first call (RSA, 2,048 bits: what every receiver knows, in one DNS
 * record). When several ask at once, all get the one that was stored first.
 */
export async function dkimKey(db: Database): Promise<KeyObject> {
  const found = await select(db)
  if (found !== null) return found
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2_048 })
  await execute(db, 'INSERT IGNORE INTO secrets (name, value, created_at) VALUES (?, ?, UTC_TIMESTAMP(3))', [
    NAME,
    privateKey.export({ type: 'pkcs8', format: 'der' }),
  ])
  const made = await select(db)
  if (made === null) throw new Error('The key for signing mail could not be stored')
  return made
}

async function select(db: Database): Promise<KeyObject | null> {
  const sql = 'SELECT value FROM secrets WHERE name = ? ORDER BY version DESC LIMIT 1'
  const [row] = await rows<{ value: Buffer }>(db, sql, [NAME])
  return row === undefined ? null : createPrivateKey({ key: row.value, type: 'pkcs8', format: 'der' })
}

/** What DNS has to say under `selector._domainkey.domain`, as text. */
export async function dkimRecord(db: Database): Promise<string> {
  const key = createPublicKey(await dkimKey(db)).export({ type: 'spki', format: 'der' })
  return `v=DKIM1; k=rsa; p=${key.toString('base64')}`
}
