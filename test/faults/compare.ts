import { type Database, rows } from '../../domain/database.ts'
import { moneyFaults } from '../support/moneyFaults.ts'
import type { TakenMail } from '../support/smtp.ts'
import { CUSTOMERS, PROVIDERS, type Told } from './load.ts'

/** What one worker has in its hand at a time. */
const BATCH = 50

/** What a play left behind. */
export type Left = { campaign: string; told: Told; mails: readonly TakenMail[]; kills: number }

/**
 * Holds what is stored against what callers were told and what the mail server counted.
 *
 * @returns what was lost or done twice, in words; empty when nothing was
 */
export async function findFaults(db: Database, left: Left): Promise<string[]> {
  return [
    ...(await bookingFaults(db, left.told)),
    ...(await countFaults(db)),
    ...(await segmentFaults(db)),
    ...(await mailFaults(db, left)),
    ...(await slotFaults(db, left.told)),
    ...(await tillFaults(db, left.told)),
    ...(await moneyFaults(db)),
  ]
}

/** Whether nothing is left to be done: then what is computed has to be what is stored. */
export async function isQuiet(db: Database, campaign: string): Promise<boolean> {
  const sql = `SELECT (SELECT COUNT(*) FROM dirty_relationships) + (SELECT COUNT(*) FROM workflow_outbox)
    + (SELECT COUNT(*) FROM campaigns WHERE id = ? AND state <> 'sent') AS waiting`
  const [row] = await rows<{ waiting: number }>(db, sql, [campaign])
  return row?.waiting === 0
}

async function bookingFaults(db: Database, { bookings }: Told): Promise<string[]> {
  const sql = `SELECT b.external_id AS id, b.state, b.price, c.external_id AS customer FROM bookings b
    JOIN customers c ON c.id = b.customer_id`
  const stored = await rows<{ id: string; state: string; price: number; customer: string }>(db, sql)
  const faults = stored.length === bookings.size ? [] : [`${stored.length} bookings instead of ${bookings.size}`]
  for (const { id, state, price, customer } of stored) {
    const told = bookings.get(id)
    if (told?.state !== state || told.price !== price || told.customer !== customer)
      faults.push(`booking ${id} is ${state}, ${price}; told was ${JSON.stringify(told)}`)
  }
  return faults
}

/** The counts that are kept of each relationship. */
async function countFaults(db: Database): Promise<string[]> {
  const sql = `SELECT r.customer_id AS customer, r.attended, COUNT(b.id) AS counted FROM relationships r
    JOIN providers p ON p.id = r.provider_id
    LEFT JOIN bookings b ON b.customer_id = r.customer_id AND b.provider_id = r.provider_id AND b.state = 'attended'
    GROUP BY r.provider_id, r.customer_id, r.attended HAVING COUNT(b.id) <> r.attended`
  const wrong = await rows<{ customer: number; attended: number; counted: number }>(db, sql)
  return wrong.map(({ customer, attended, counted }) => `customer ${customer} has ${attended} attended, not ${counted}`)
}

/** Each customer of the play is content: of a provider's, those with a reading within 60 days are its new ones. */
async function segmentFaults(db: Database): Promise<string[]> {
  const [members] = await rows<{ count: number }>(
    db,
    `SELECT COUNT(*) AS count FROM segment_members m JOIN segments s ON s.id = m.segment_id WHERE s.\`key\` = 'loyalty-new'
     AND m.provider_id > 0`,
  )
  const [expected] = await rows<{ count: number }>(
    db,
    "SELECT COUNT(DISTINCT provider_id, customer_id) AS count FROM bookings WHERE state = 'attended'",
  )
  return members?.count === expected?.count ? [] : [`${members?.count} new customers instead of ${expected?.count}`]
}

async function mailFaults(db: Database, { campaign, mails, kills }: Left): Promise<string[]> {
  const faults: string[] = []
  const got = new Map<string, number>()
  for (const { to } of mails) got.set(to, (got.get(to) ?? 0) + 1)
  for (const [to, count] of got) if (count > 1) faults.push(`${to} got ${count}`)
  const sql = `SELECT d.state, c.email FROM deliveries d JOIN customers c ON c.id = d.customer_id WHERE d.campaign_id = ?`
  const stored = await rows<{ state: string; email: string }>(db, sql, [campaign])
  if (stored.length !== CUSTOMERS) faults.push(`${stored.length} messages instead of ${CUSTOMERS}`)
  for (const { state, email } of stored) {
    if (state === 'sent' && !got.has(email)) faults.push(`${email} is called sent and got nothing`)
    if (state !== 'sent' && state !== 'unconfirmed') faults.push(`${email} is ${state}`)
  }
  const unconfirmed = stored.filter(({ state }) => state === 'unconfirmed').length
  if (unconfirmed > BATCH * kills) faults.push(`${unconfirmed} unconfirmed after ${kills} kills`)
  return faults
}

async function slotFaults(db: Database, { slots }: Told): Promise<string[]> {
  const sql = `SELECT p.external_id AS provider, COUNT(*) AS count FROM campaigns c
    JOIN providers p ON p.id = c.provider_id WHERE c.kind = 'loyalty' GROUP BY p.external_id`
  const made = new Map(
    (await rows<{ provider: string; count: number }>(db, sql)).map((row) => [row.provider, row.count]),
  )
  return PROVIDERS.flatMap((provider) => {
    const told = slots.get(provider)
    if (told === undefined) return []
    const count = made.get(provider) ?? 0
    // whose process was killed after the commit was told nothing
    return count === 1 && told <= 1 ? [] : [`${provider} has ${count} mailings of this week, ${told} were told so`]
  })
}

/** Nobody was told that a reward is used which is not. */
async function tillFaults(db: Database, { tills }: Told): Promise<string[]> {
  const sql =
    'SELECT b.external_id AS id FROM redemptions q JOIN bookings b ON b.id = q.booking_id WHERE q.standing = 1'
  const used = new Set((await rows<{ id: string }>(db, sql)).map(({ id }) => id))
  return [...tills].flatMap(([id, told]) =>
    told > 0 && !used.has(id) ? [`${told} were told that ${id} has used a reward, and it has not`] : [],
  )
}
