import { type Database, rows } from '../database.ts'
import { insertRows } from '../insertRows.ts'
import { hmac } from '../settings/hmac.ts'
import { secret } from '../settings/secret.ts'

const hashOf = (key: Buffer, address: string): Buffer =>
  hmac(key)
    .update(address.includes('@') ? address.trim().toLowerCase() : address.replace(/[^\d+]/g, ''))
    .digest()

/** Keeps the addresses of somebody who is erased as a keyed hash: enough to know them again, and to tell nobody. */
export async function rememberErased(trx: Database, addresses: readonly string[], now: Date): Promise<void> {
  const key = await secret(trx, 'erased-addresses')
  await insertRows(
    trx,
    'erased_addresses',
    ['hash', 'channel', 'erased_at'],
    addresses.map((address) => [hashOf(key, address), address.includes('@') ? 'email' : 'sms', now]),
    'ON DUPLICATE KEY UPDATE erased_addresses.channel = erased_addresses.channel',
  )
}

/** Those among some addresses whose owners were erased. */
export async function erasedAmong(trx: Database, addresses: readonly string[]): Promise<Set<string>> {
  if (addresses.length === 0) return new Set()
  const [any] = await rows(trx, 'SELECT 1 FROM erased_addresses LIMIT 1')
  if (any === undefined) return new Set()
  const key = await secret(trx, 'erased-addresses')
  const hashes = new Map(addresses.map((address) => [hashOf(key, address).toString('hex'), address]))
  const found = await rows<{ hash: Buffer }>(trx, 'SELECT hash FROM erased_addresses WHERE hash IN (?)', [
    [...hashes.keys()].map((hash) => Buffer.from(hash, 'hex')),
  ])
  return new Set(found.flatMap(({ hash }) => hashes.get(hash.toString('hex')) ?? []))
}
