import { setConsent } from '../consents/setConsent.ts'
import { type Database, execute, rows } from '../database.ts'
import { ingest } from '../ingest/ingest.ts'
import { transact } from '../retry.ts'
import { keyring } from '../settings/secret.ts'
import { unsuppress } from '../suppressions/suppress.ts'
import { readToken, verifyToken } from '../tracking/token.ts'

export type OptIn = {
  id: number
  email: string
  firstName: string | null
  language: string
  wording: string
  source: string
  expiresAt: Date
  confirmedAt: Date | null
}

/** So many customers may share an address: members of a family. */
const MOST_SHARING = 20

/** What a link was sent for; null for a token that nobody here wrote, or that is long gone. */
export async function readOptIn(db: Database, token: string): Promise<OptIn | null> {
  const thing = readToken(token)
  if (thing?.kind !== 'confirm' || !verifyToken(await keyring(db, 'tracking'), token)) return null
  const [found] = await rows<OptIn>(
    db,
    `SELECT id, email, first_name AS firstName, language, wording, source, expires_at AS expiresAt,
       confirmed_at AS confirmedAt FROM opt_ins WHERE id = ?`,
    [thing.optIn],
  )
  return found ?? null
}

/**
 * The owner of an address says yes: whoever of the customers has it may be mailed, and is somebody new when nobody has. An
 * earlier unsubscription from the whole business is taken back; what others decided stays. Again changes nothing.
 *
 * @returns false when the link is too old
 */
export async function confirmOptIn(db: Database, optIn: OptIn, now: Date): Promise<boolean> {
  if (optIn.confirmedAt !== null) return true
  if (optIn.expiresAt <= now) return false
  if ((await ofAddress(db, optIn.email)).length === 0) await makeCustomer(db, optIn, now)
  await transact(db, async (trx) => {
    const sql = 'SELECT confirmed_at FROM opt_ins WHERE id = ? FOR UPDATE'
    const [row] = await rows<{ confirmed_at: Date | null }>(trx, sql, [optIn.id])
    if (row === undefined || row.confirmed_at !== null) return
    for (const customerId of await ofAddress(trx, optIn.email)) {
      const source = `double opt-in: ${optIn.source}`
      const consent = {
        customerId,
        channel: 'email',
        given: true,
        source,
        wording: optIn.wording,
        recordedBy: null,
      } as const
      await setConsent(trx, consent, now)
      await unsuppress(trx, { customerId, providerId: 0, channel: 'email' }, now, 'unsubscribed')
    }
    await execute(trx, 'UPDATE opt_ins SET confirmed_at = ? WHERE id = ?', [now, optIn.id])
  })
  return true
}

async function ofAddress(db: Database, email: string): Promise<number[]> {
  const sql = 'SELECT id FROM customers WHERE email = ? AND known = 1 ORDER BY id LIMIT ?'
  return (await rows<{ id: number }>(db, sql, [email, MOST_SHARING])).map(({ id }) => id)
}

/** By the way that all customers come in; the id says where this one came from, and is the same when two confirm at once. */
async function makeCustomer(db: Database, { id, email, firstName, language }: OptIn, now: Date): Promise<void> {
  const customer = { id: `signup-${id}`, email, first_name: firstName, language, joined_at: now.toISOString() }
  await ingest(db, { customers: [{ index: 0, item: customer }] }, now)
}
