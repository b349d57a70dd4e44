import { createHmac, timingSafeEqual } from 'node:crypto'
import { type Database, rows } from '../database.ts'
import { secret } from '../settings/secret.ts'

const ID_BYTES = 8
const SIGNATURE_BYTES = 16

const sign = (key: Buffer, id: Buffer) =>
  createHmac('sha256', key).update('push').update(id).digest().subarray(0, SIGNATURE_BYTES)

/** The link at which a customer agrees to notifications: it names our own number of theirs, and can't be guessed. */
export async function pushToken(db: Database, customerId: number): Promise<string> {
  const id = Buffer.alloc(ID_BYTES)
  id.writeBigUInt64BE(BigInt(customerId))
  return Buffer.concat([id, sign(await secret(db, 'push'), id)]).toString('base64url')
}

/** Whose link it is. Null when nobody here wrote it, or the customer is gone. */
export async function readPushToken(
  db: Database,
  token: string,
): Promise<{ customerId: number; language: string | null } | null> {
  const bytes = /^[A-Za-z0-9_-]{32}$/.test(token) ? Buffer.from(token, 'base64url') : Buffer.alloc(0)
  if (bytes.length !== ID_BYTES + SIGNATURE_BYTES) return null
  const id = bytes.subarray(0, ID_BYTES)
  if (!timingSafeEqual(bytes.subarray(ID_BYTES), sign(await secret(db, 'push'), id))) return null
  const customerId = Number(id.readBigUInt64BE())
  const sql = 'SELECT language FROM customers WHERE id = ? AND known = 1'
  const [row] = await rows<{ language: string | null }>(db, sql, [customerId])
  return row === undefined ? null : { customerId, language: row.language }
}
