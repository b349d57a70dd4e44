/** The share of readings that loyalty mails with a voucher brought about, against one worked out booking by booking. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Database, rows } from '../../domain/database.ts'
import { ingest } from '../../domain/ingest/ingest.ts'
import type { IngestedBooking } from '../../domain/ingest/items.ts'
import { settleRewards } from '../../domain/rewards/settleRewards.ts'
import { changeSettings } from '../../domain/settings/changeSettings.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { randomFrom } from '../support/random.ts'

const START = new Date('2026-12-01T09:00:00Z')
const DAY = 86_400_000
const at = (days: number) => new Date(START.getTime() + days * DAY)
const dayAt = (days: number) => at(days).toISOString().slice(0, 10)

let database: TestDatabase
let db: Database
let ids: { customers: Record<string, number>; providers: Record<string, number> }
let campaigns = 0

beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  await changeSettings(db, { timeZone: 'UTC', currency: 'EUR' }, START)
  await ingest(
    db,
    {
      customers: ['ada', 'bea', 'cleo', 'dot'].map((id, index) => ({ index, item: { id } })),
      providers: ['anna', 'ben'].map((id, index) => ({ index, item: { id } })),
    },
    START,
  )
  const read = async (table: string) =>
    Object.fromEntries(
      (await rows<{ id: number; external_id: string }>(db, `SELECT id, external_id FROM ${table}`)).map((row) => [
        row.external_id,
        row.id,
      ]),
    )
  ids = { customers: await read('customers'), providers: await read('providers') }
})
afterAll(() => database.drop())

type Mail = { delivery: number; reward: number }

/** A mailing to one customer that was handed over, with what it brings. */
async function mail(
  days: number,
  { customer = 'ada', provider = 'anna', kind = 'loyalty', reward = 'voucher', period = 14 } = {},
): Promise<Mail> {
  const now = at(days)
  const [campaign] = await db('campaigns').insert({
    ...{ name: `Mail ${++campaigns}`, kind, channel: 'email', state: 'sent', criteria: '{}', subject: '' },
    ...{ document: '{}', html: '', text: '', created_at: now, provider_id: ids.providers[provider] },
  })
  const [delivery = 0] = await db('deliveries').insert({
    ...{ campaign_id: campaign, customer_id: ids.customers[customer], channel: 'email', address: 'a@b.test' },
    ...{ state: 'sending', due_at: now, queued_at: now },
  })
  const [id = 0] = await db('rewards').insert({
    ...{ provider_id: ids.providers[provider], customer_id: ids.customers[customer], kind: reward, state: 'reserved' },
    ...{ campaign_id: campaign, delivery_id: delivery, created_at: now, valid_from: dayAt(days) },
    ...{
      valid_to: dayAt(days + period),
      amount: reward === 'voucher' ? 500 : null,
      minutes: reward === 'voucher' ? null : 9,
    },
  })
  await becomes(delivery, 'sent', now)
  return { delivery, reward: id }
}

async function becomes(delivery: number, state: string, now: Date): Promise<void> {
  await db.transaction(async (trx) => {
    await trx('deliveries').where({ id: delivery }).update({ state })
    await settleRewards(trx, [delivery], now)
  })
}

const tell = (now: Date, ...bookings: IngestedBooking[]) =>
  ingest(db, { bookings: bookings.map((item, index) => ({ index, item })) }, now)

const reading = (id: string, days: number, more: Partial<IngestedBooking> = {}): IngestedBooking => ({
  ...{ id, customer: 'ada', provider: 'anna', starts_at: at(days).toISOString(), price: 5000, state: 'attended' },
  ...more,
})

/** What stands in the ledger for bookings: the business's and the provider's lines, one after the other. */
async function linesOf(...bookings: string[]): Promise<number[][]> {
  const found = await rows<{ provider: number; business: number }>(
    db,
    `SELECT SUM(IF(l.account = 'provider', l.amount, 0)) AS provider, SUM(IF(l.account = 'business', l.amount, 0)) AS business
     FROM ledger_entries e JOIN ledger_lines l ON l.entry_id = e.id JOIN bookings b ON b.id = e.booking_id
     WHERE b.external_id IN (?) AND e.kind = 'loyalty_reward' GROUP BY e.id ORDER BY e.id`,
    [bookings],
  )
  return found.map(({ provider, business }) => [provider, business])
}

describe('a reading earns a share', () => {
  test('after the mail and within the voucher’s period, once, with that provider', async () => {
    await changeSettings(db, { loyaltyReward: { rate: 0.1, to: 'provider' } }, START)
    await mail(1)
    await tell(
      at(3),
      ...[reading('before', 0.5), reading('first', 2), reading('last', 15), reading('late', 16.01)],
      ...[reading('bens', 3, { provider: 'ben' }), reading('beas', 3, { customer: 'bea' })],
      ...[reading('missed', 3, { state: 'no_show' }), reading('booked', 3, { state: 'booked' })],
      ...[reading('free', 3, { price: 0 }), reading('unknown', 3, { price: null })],
    )
    await tell(at(4), reading('first', 2))
    expect(await linesOf('first')).toEqual([[500, -500]])
    expect(await linesOf('last')).toEqual([[500, -500]])
    expect(await linesOf('before', 'late', 'bens', 'beas', 'missed', 'booked', 'free', 'unknown')).toEqual([])
  })

  test('of the last mail only; to the business where the terms say so; by the terms of the mail’s own time', async () => {
    await mail(20, { customer: 'bea' })
    await changeSettings(db, { loyaltyReward: { rate: 0.25, to: 'business' } }, at(21))
    const later = await mail(22, { customer: 'bea' })
    await changeSettings(db, { loyaltyReward: null }, at(23))
    await mail(24, { customer: 'bea' })
    await tell(at(26), reading('b1', 25, { customer: 'bea' }), reading('b0', 21.5, { customer: 'bea' }))
    expect(await linesOf('b0')).toEqual([[500, -500]])
    expect(await linesOf('b1')).toEqual([[-1250, 1250]])
    // it has come back after all: the one before it has brought the reading about
    await becomes(later.delivery, 'bounced', at(27))
    expect(await linesOf('b1')).toEqual([
      [-1250, 1250],
      [1250, -1250],
      [500, -500],
    ])
  })

  test('not of a mail without a voucher, and of no other kind of mail', async () => {
    await changeSettings(db, { loyaltyReward: { rate: 0.1, to: 'provider' } }, at(30))
    await mail(31, { customer: 'cleo', reward: 'free_minutes' })
    await mail(31, { customer: 'cleo', kind: 'one_off' })
    await tell(at(33), reading('c1', 32, { customer: 'cleo' }))
    expect(await linesOf('c1')).toEqual([])
  })

  test('within so many days after the mail where the terms say so, whatever the voucher’s period', async () => {
    await changeSettings(db, { loyaltyReward: { rate: 0.1, to: 'provider', days: 3 } }, at(40))
    await mail(41, { customer: 'cleo', period: 1 })
    await tell(at(46), reading('c2', 44, { customer: 'cleo' }), reading('c3', 44.01, { customer: 'cleo' }))
    expect(await linesOf('c2')).toEqual([[500, -500]])
    expect(await linesOf('c3')).toEqual([])
  })

  test('which follows the booking: another price, no longer attended, deleted, back again', async () => {
    await changeSettings(db, { loyaltyReward: { rate: 0.1, to: 'provider' } }, at(50))
    await mail(51, { customer: 'cleo' })
    const told = (more: Partial<IngestedBooking>) => tell(at(53), reading('c4', 52, { customer: 'cleo', ...more }))
    await told({})
    await told({ price: 1005 })
    await told({ price: 1005, service: 'tarot' })
    await told({ price: 1005, state: 'cancelled' })
    await told({ price: 1005 })
    await told({ price: 1005, deleted: true })
    expect((await linesOf('c4')).map(([provider]) => provider)).toEqual([500, -500, 101, -101, 101, -101])
  })
})

/** A small world, told in any order, with the whole ledger compared after each step. */
test('random mails, bounces, bookings and terms: every booking has the share that it should have', async () => {
  const random = randomFrom(4_711)
  type NaiveMail = Mail & { customer: string; provider: string; at: Date; from: string; to: string; arrived: boolean }
  type NaiveTerms = { since: Date; rate: number; to: string; days: number | null }
  const mails: NaiveMail[] = []
  const terms: NaiveTerms[] = []
  const known = new Map<
    string,
    Required<Pick<IngestedBooking, 'customer' | 'provider' | 'starts_at' | 'price' | 'state' | 'deleted'>>
  >()
  const base = 100
  await changeSettings(db, { loyaltyReward: null }, at(base - 1))

  const expected = (id: string): string => {
    const booking = known.get(id)
    if (booking === undefined || booking.deleted || booking.state !== 'attended' || (booking.price ?? 0) <= 0)
      return '0'
    const starts = new Date(booking.starts_at ?? '')
    let share = '0'
    for (const one of [...mails].sort((a, b) => +a.at - +b.at || a.reward - b.reward)) {
      if (!one.arrived || one.customer !== booking.customer || one.provider !== booking.provider || one.at > starts)
        continue
      const held = terms.filter(({ since }) => since <= one.at).at(-1)
      if (held === undefined || held.rate === 0) continue
      const day = starts.toISOString().slice(0, 10)
      const inTime = held.days === null ? one.from <= day && day <= one.to : +starts <= +one.at + held.days * DAY
      if (!inTime) continue
      const amount = Math.floor(((booking.price ?? 0) * held.rate * 2 + 100) / 200)
      share = amount === 0 ? '0' : `${held.to} ${amount}`
    }
    return share
  }
  const stored = async (): Promise<Map<string, string>> => {
    const found = await rows<{ booking: string; provider: number; sum: number }>(
      db,
      `SELECT b.external_id AS booking, SUM(IF(l.account = 'provider', l.amount, 0)) AS provider, SUM(l.amount) AS sum
       FROM ledger_entries e JOIN ledger_lines l ON l.entry_id = e.id JOIN bookings b ON b.id = e.booking_id
       WHERE b.external_id LIKE 'r%' GROUP BY b.external_id`,
    )
    expect(found.filter(({ sum }) => sum !== 0)).toEqual([])
    return new Map(
      found.map(({ booking, provider }) => [
        booking,
        provider === 0 ? '0' : provider > 0 ? `provider ${provider}` : `business ${-provider}`,
      ]),
    )
  }

  for (let step = 0; step < 150; step++) {
    const days = base + step / 4
    const now = at(days)
    const dice = random.next()
    const whose = { customer: random.pick(['ada', 'dot']), provider: random.pick(['anna', 'ben']) }
    if (dice < 0.2) {
      const period = random.int(0, 10)
      const made = await mail(days, { ...whose, period })
      mails.push({ ...made, ...whose, at: now, from: dayAt(days), to: dayAt(days + period), arrived: true })
    } else if (dice < 0.3 && mails.length > 0) {
      const one = random.pick(mails)
      one.arrived = !one.arrived
      await becomes(one.delivery, one.arrived ? 'delivered' : 'bounced', now)
      // a notice that was wrong: it counts as handed over from now on
      if (one.arrived) one.at = now
    } else if (dice < 0.36) {
      const rate = random.pick([0, 5, 10, 33])
      const held: NaiveTerms = {
        since: now,
        rate,
        to: random.pick(['provider', 'business']),
        days: random.pick([null, 3]),
      }
      terms.push(held)
      const set = { rate: rate / 100, to: held.to as 'provider', ...(held.days === null ? {} : { days: held.days }) }
      // the same again adds nothing, and changes nothing either
      await changeSettings(db, { loyaltyReward: rate === 0 ? null : set }, now)
    } else {
      const changed = Array.from({ length: random.int(1, 5) }, () => {
        const id = `r${random.int(1, 25)}`
        const booking = {
          ...whose,
          starts_at: at(base + random.int(0, 40) + random.pick([0, 0.3])).toISOString(),
          price: random.pick([null, 0, 5, 15, 999, 5000]),
          state: random.pick(['attended', 'attended', 'attended', 'booked', 'cancelled']),
          deleted: random.chance(0.1),
        }
        known.set(id, booking)
        return { id, ...booking }
      })
      await tell(now, ...changed)
    }
    const lines = await stored()
    for (const id of known.keys()) {
      expect({ step, id, share: lines.get(id) ?? '0' }).toEqual({ step, id, share: expected(id) })
    }
  }
  expect((await stored()).size).toBeGreaterThan(10)
}, 240_000)
