import { type Database, rows } from '../database.ts'
import { noteEvents, wantedOf } from './noteEvents.ts'

type Row = {
  id: number
  provider_id: number
  customer_id: number
  campaign_id: number | null
  kind: string
  amount: number | null
  percent: number | null
  minutes: number | null
  valid_from: string
  valid_to: string
}

/** Notes rewards that customers can use from now on, for endpoints, in the transaction that gives them. */
export const noteGifts = (trx: Database, rewards: readonly number[], now: Date): Promise<void> =>
  rewards.length === 0 ? Promise.resolve() : note(trx, { sql: 'id IN (?)', bindings: [rewards] }, now)

/** The same for those that a step of an automation gives at this instant. */
export const noteStepGifts = (
  trx: Database,
  { step, enrolments }: { step: string; enrolments: readonly number[] },
  now: Date,
): Promise<void> =>
  enrolments.length === 0
    ? Promise.resolve()
    : note(
        trx,
        { sql: 'enrolment_id IN (?) AND step = ? AND activated_at = ?', bindings: [enrolments, step, now] },
        now,
      )

type Which = { sql: string; bindings: readonly (string | Date | readonly number[])[] }

async function note(trx: Database, which: Which, now: Date): Promise<void> {
  if ((await wantedOf(trx, ['reward.given'])).size === 0) return
  const found = await rows<Row>(
    trx,
    `SELECT id, provider_id, customer_id, campaign_id, kind, amount, percent, minutes, valid_from, valid_to
     FROM rewards WHERE ${which.sql} ORDER BY id`,
    which.bindings as never,
  )
  await noteEvents(
    trx,
    found.map(({ id, provider_id: providerId, customer_id: customerId, campaign_id: campaign, ...size }) => ({
      type: 'reward.given',
      customerId,
      providerId,
      data: { reward: String(id), campaign: campaign === null ? null : String(campaign), ...size },
    })),
    now,
  )
}

/** A use of a reward on a booking, or one that was taken back. Our own ids. */
type Used = {
  bookingId: number
  reward: { id: number; provider_id: number; customer_id: number }
  data: Readonly<Record<string, unknown>>
}

/** Notes uses of rewards and what was taken back, for endpoints, in the transaction that does it. */
export async function noteUses(
  trx: Database,
  { used, takenBack }: { used: readonly Used[]; takenBack: readonly Used[] },
  now: Date,
): Promise<void> {
  if (used.length + takenBack.length === 0) return
  const wanted = await wantedOf(trx, ['reward.used', 'reward.taken_back'])
  if (wanted.size === 0) return
  const found = await rows<{ id: number; external_id: string }>(
    trx,
    'SELECT id, external_id FROM bookings WHERE id IN (?)',
    [[...used, ...takenBack].map(({ bookingId }) => bookingId)],
  )
  const names = new Map(found.map(({ id, external_id }) => [id, external_id]))
  const noted = (type: 'reward.used' | 'reward.taken_back', those: readonly Used[]) =>
    those
      .filter(() => wanted.has(type))
      .map(({ bookingId, reward, data }) => ({
        type,
        customerId: reward.customer_id,
        providerId: reward.provider_id,
        data: { reward: String(reward.id), booking: names.get(bookingId) ?? null, ...data },
      }))
  await noteEvents(trx, [...noted('reward.taken_back', takenBack), ...noted('reward.used', used)], now)
}
