import type { Day } from '../../rules/time.ts'
import { type Database, rows } from '../database.ts'
import { type Account, addEntries, type NewEntry, reverseEntries } from './addEntries.ts'
import { postingNow } from './postingNow.ts'
import { shareOf } from './shareOf.ts'
import { readTerms, type Terms, termsAt } from './terms.ts'

/** A reading with a voucher of a loyalty mail that may have brought it about. */
type Candidate = {
  booking_id: number
  provider_id: number
  customer_id: number
  price: number
  starts_at: Date
  starts_on: Day
  reward_id: number
  campaign_id: number
  campaign_kind: string
  activated_at: Date
  valid_from: Day
  valid_to: Day
}

/** What stands for a reading. */
type Standing = {
  reference: string
  booking_id: number
  provider_id: number
  customer_id: number
  reward_id: number
  price: number
  rate: number
  beneficiary: Account
  amount: number
}

type Share = Omit<Standing, 'reference'> & { campaign_id: number }

const DAY = 86_400_000

/**
 * Brings the shares of readings that loyalty mails with a voucher brought about in line with bookings that the transaction
 * has changed, and holds. A reading earns one share: of the last such mail of its provider to its customer before it
 * began, by the terms that held when that mail was handed over. It has to lie in the voucher's period, or within so many
 * days after the mail where the terms say so. What is another share now than what stands is reversed, and written anew.
 *
 * @param bookings our ids
 */
export async function settleShares(trx: Database, bookings: readonly number[], now: Date): Promise<void> {
  if (bookings.length === 0) return
  const standing = await readStanding(trx, bookings)
  const shares = sharesOf(await readCandidates(trx, bookings), await readTerms(trx))
  const reversed: string[] = []
  for (const entry of standing) {
    const share = shares.get(entry.booking_id)
    if (share !== undefined && isSame(share, entry)) shares.delete(entry.booking_id)
    else reversed.push(entry.reference)
  }
  if (reversed.length + shares.size === 0) return
  const posting = await postingNow(trx, null, now)
  await reverseEntries(trx, reversed, posting)
  const turns = await readTurns(trx, [...shares.keys()])
  const entries = [...shares.values()].map((share) => entryOf(share, (turns.get(share.booking_id) ?? 0) + 1))
  await addEntries(trx, entries, posting)
}

/**
 * Each booking looks up its customer's rewards, whatever the server thinks of its other indexes: a provider's are many.
 * The rewards are held, shared: one that is given back meanwhile waits, and looks at these bookings again then. Whether
 * the campaign is a loyalty mailing stands in a subquery, which holds nothing.
 */
function readCandidates(trx: Database, bookings: readonly number[]): Promise<Candidate[]> {
  return rows<Candidate>(
    trx,
    `SELECT b.id AS booking_id, b.provider_id, b.customer_id, b.price, b.starts_at, b.starts_on, r.id AS reward_id,
       r.campaign_id, (SELECT m.kind FROM campaigns m WHERE m.id = r.campaign_id) AS campaign_kind, r.activated_at,
       r.valid_from, r.valid_to
     FROM bookings b STRAIGHT_JOIN rewards r FORCE INDEX (rewards_customer) ON r.customer_id = b.customer_id AND r.provider_id = b.provider_id
       AND r.state IN ('active', 'used') AND r.kind = 'voucher' AND r.campaign_id IS NOT NULL
       AND r.activated_at <= b.starts_at
     WHERE b.id IN (?) AND b.deleted = 0 AND b.state = 'attended' AND b.price > 0
     ORDER BY b.id, r.activated_at, r.id LOCK IN SHARE MODE`,
    [[...bookings]],
  )
}

/** The share of each booking: the last candidate that counts decides. */
function sharesOf(candidates: readonly Candidate[], terms: readonly Terms[]): Map<number, Share> {
  const shares = new Map<number, Share>()
  for (const candidate of candidates) {
    const { booking_id, provider_id, customer_id, reward_id, campaign_id, price } = candidate
    const held = termsAt(terms, candidate.activated_at)
    if (candidate.campaign_kind !== 'loyalty' || held === null || !isInTime(candidate, held)) continue
    const { rate, beneficiary } = held
    const amount = shareOf(price, rate)
    shares.delete(booking_id)
    if (amount === 0) continue
    shares.set(booking_id, {
      ...{ booking_id, provider_id, customer_id, reward_id, campaign_id, price, rate, beneficiary, amount },
    })
  }
  return shares
}

function isInTime({ starts_at, starts_on, activated_at, valid_from, valid_to }: Candidate, { days }: Terms): boolean {
  if (days === null) return valid_from <= starts_on && starts_on <= valid_to
  return starts_at.getTime() <= activated_at.getTime() + days * DAY
}

const SAME = ['provider_id', 'customer_id', 'reward_id', 'price', 'rate', 'beneficiary', 'amount'] as const

const isSame = (share: Share, entry: Standing): boolean => SAME.every((name) => share[name] === entry[name])

/** What gains stands in its own line; the other one is its opposite. */
function readStanding(trx: Database, bookings: readonly number[]): Promise<Standing[]> {
  return rows<Standing>(
    trx,
    `SELECT e.reference, e.booking_id, e.provider_id, e.customer_id, e.reward_id, e.price, e.rate,
       l.account AS beneficiary, l.amount
     FROM ledger_entries e JOIN ledger_lines l ON l.entry_id = e.id AND l.amount > 0
       LEFT JOIN ledger_entries v ON v.reverses_id = e.id
     WHERE e.booking_id IN (?) AND e.kind = 'loyalty_reward' AND e.reverses_id IS NULL AND v.id IS NULL`,
    [[...bookings]],
  )
}

/** How many shares each booking has had. */
async function readTurns(trx: Database, bookings: readonly number[]): Promise<Map<number, number>> {
  if (bookings.length === 0) return new Map()
  const found = await rows<{ booking_id: number; turns: number }>(
    trx,
    `SELECT booking_id, COUNT(*) AS turns FROM ledger_entries
     WHERE booking_id IN (?) AND kind = 'loyalty_reward' AND reverses_id IS NULL GROUP BY booking_id`,
    [[...bookings]],
  )
  return new Map(found.map(({ booking_id, turns }) => [booking_id, turns]))
}

/** A share of the provider's comes from the business, one of the business's from the provider. */
function entryOf(share: Share, turn: number): NewEntry {
  const { beneficiary, amount } = share
  return {
    reference: `share:${share.booking_id}:${turn}`,
    kind: 'loyalty_reward',
    ...{ providerId: share.provider_id, customerId: share.customer_id, bookingId: share.booking_id },
    ...{ rewardId: share.reward_id, campaignId: share.campaign_id, price: share.price, rate: share.rate },
    lines: [
      [beneficiary, amount],
      [beneficiary === 'provider' ? 'business' : 'provider', -amount],
    ],
  }
}
