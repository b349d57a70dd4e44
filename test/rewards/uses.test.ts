/** Uses of rewards over random days at the till, against somebody who keeps a notebook. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Database, rows } from '../../domain/database.ts'
import { ingest } from '../../domain/ingest/ingest.ts'
import { redeem } from '../../domain/redemptions/redeem.ts'
import { takeBackRedemption } from '../../domain/redemptions/takeBackRedemption.ts'
import { giveReward } from '../../domain/rewards/giveReward.ts'
import type { AskedReward } from '../../domain/rewards/reward.ts'
import { changeSettings } from '../../domain/settings/changeSettings.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { randomFrom } from '../support/random.ts'

const NOW = new Date('2026-12-01T10:00:00Z')
const ACTOR = { by: 'test', providerId: null }

let database: TestDatabase
let db: Database
beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  await changeSettings(db, { timeZone: 'UTC', currency: 'EUR' }, NOW)
})
afterAll(() => database.drop())

type Booking = { provider: string; day: string; price: number | null; minutes: number; state: string; deleted: boolean }
type Reward = { id: number; provider: string; asked: AskedReward; from: string; to: string }
type Use = { booking: string; reward: number; discount: number; minutes: number }

/** Divides whole numbers, and forgets the rest. */
const over = (dividend: number, divisor: number) => (dividend - (dividend % divisor)) / divisor

test.each([
  [true, 1],
  [false, 2],
])(
  'free minutes carry on: %s',
  async (carryOn, seed) => {
    const customer = `c-${seed}`
    await changeSettings(db, { freeMinutesCarryOn: carryOn }, NOW)
    await ingest(
      db,
      {
        customers: [{ index: 0, item: { id: customer } }],
        providers: ['anna', 'ben'].map((id, index) => ({ index, item: { id } })),
      },
      NOW,
    )
    const ids = new Map(
      (await rows<{ id: number; external_id: string }>(db, 'SELECT id, external_id FROM providers')).map((row) => [
        row.external_id,
        row.id,
      ]),
    )
    const [owner] = await rows<{ id: number }>(db, 'SELECT id FROM customers WHERE external_id = ?', [customer])
    const random = randomFrom(seed)
    const bookings = new Map<string, Booking>()
    const rewards: Reward[] = []
    let uses: Use[] = []
    /** The provider's account, entry by entry. */
    const account: number[] = []

    const leftOf = ({ id, asked }: Reward): number => {
      if (asked.kind !== 'free_minutes') return uses.some((use) => use.reward === id) ? 0 : 1
      const own = uses.filter((use) => use.reward === id)
      if (!carryOn && own.length > 0) return 0
      return asked.minutes - own.reduce((sum, use) => sum + use.minutes, 0)
    }
    const off = (reward: Reward, left: number, booking: Booking): { discount: number; minutes: number } => {
      const price = booking.price ?? 0
      if (price <= 0 || left <= 0) return { discount: 0, minutes: 0 }
      if (reward.asked.kind === 'free_minutes') {
        const free = Math.min(left, booking.minutes)
        const discount = over(price * free, booking.minutes)
        return discount === 0 ? { discount: 0, minutes: 0 } : { discount, minutes: free }
      }
      const { amount, percent = 0, ceiling = price } = reward.asked
      const worth = amount ?? Math.min(over(price * percent, 100), ceiling)
      return { discount: Math.min(worth, price), minutes: 0 }
    }
    const applies = (booking: Booking): { reward: Reward; discount: number; minutes: number } | null => {
      const found = rewards
        .filter((one) => one.provider === booking.provider && one.from <= booking.day && booking.day <= one.to)
        .map((reward) => ({ reward, ...off(reward, leftOf(reward), booking) }))
        .filter(({ discount }) => discount > 0)
      found.sort((a, b) =>
        a.reward.to === b.reward.to
          ? b.discount - a.discount || a.reward.id - b.reward.id
          : a.reward.to < b.reward.to
            ? -1
            : 1,
      )
      return found[0] ?? null
    }
    const use = (booking: string, chosen: { reward: Reward; discount: number; minutes: number }) => {
      uses.push({ booking, reward: chosen.reward.id, discount: chosen.discount, minutes: chosen.minutes })
      account.push(-chosen.discount)
    }
    const undo = (booking: string) => {
      const undone = uses.find((one) => one.booking === booking)
      uses = uses.filter((one) => one !== undone)
      if (undone !== undefined) account.push(undone.discount)
      return undone
    }
    /** What a booking's use becomes when the booking changes. */
    const follow = (id: string, booking: Booking) => {
      const standing = uses.find((one) => one.booking === id)
      const reward = rewards.find((one) => one.id === standing?.reward)
      if (standing === undefined || reward === undefined) return
      const isOff =
        booking.deleted ||
        booking.state === 'cancelled' ||
        booking.provider !== reward.provider ||
        booking.day < reward.from ||
        booking.day > reward.to
      const others = uses.filter((one) => one.reward === reward.id && one !== standing)
      const left =
        reward.asked.kind === 'free_minutes'
          ? reward.asked.minutes - others.reduce((sum, one) => sum + one.minutes, 0)
          : 1
      const next = off(reward, left, booking)
      if (!isOff && next.discount === standing.discount && next.minutes === standing.minutes) return
      undo(id)
      if (!isOff && next.discount > 0) use(id, { reward, ...next })
    }

    for (let step = 0; step < 220; step++) {
      const dice = random.next()
      const provider = random.pick(['anna', 'ben'])
      const id = `b-${seed}-${random.int(1, 14)}`
      if (dice < 0.12) {
        const from = `2026-12-${10 + random.int(0, 6)}`
        const to = `2026-12-${20 + random.int(0, 4)}`
        const asked: AskedReward = {
          ...random.pick([
            { kind: 'voucher' as const, amount: random.int(1, 4_000) },
            { kind: 'voucher' as const, percent: random.int(1, 100) },
            { kind: 'voucher' as const, percent: random.int(1, 100), ceiling: random.int(1, 900) },
            { kind: 'free_minutes' as const, minutes: random.int(1, 120) },
          ]),
          valid_from: from,
          valid_to: to,
        }
        const pair = { providerId: ids.get(provider) ?? 0, customerId: owner?.id ?? 0 }
        rewards.push({ id: await giveReward(db, pair, asked, 'test', NOW), provider, asked, from, to })
      } else if (dice < 0.5) {
        const booking: Booking = {
          provider,
          day: `2026-12-${10 + random.int(0, 14)}`,
          price: random.pick([null, 0, 1, 99, 1_999, 5_000, 5_001]),
          minutes: random.pick([1, 20, 45, 60]),
          state: random.pick(['booked', 'booked', 'attended', 'no_show', 'cancelled']),
          deleted: random.chance(0.08),
        }
        const { day, ...rest } = booking
        const item = { id, customer, starts_at: `${day}T12:00:00Z`, ...rest }
        await ingest(db, { bookings: [{ index: 0, item }] }, NOW)
        if (bookings.has(id) || !booking.deleted) {
          bookings.set(id, booking)
          follow(id, booking)
        }
      } else if (dice < 0.88) {
        const booking = bookings.get(id)
        const standing = uses.find((one) => one.booking === id)
        const isOpen = booking !== undefined && !booking.deleted && booking.state !== 'cancelled'
        const chosen = isOpen && standing === undefined ? applies(booking) : null
        const answer = await redeem(db, id, ACTOR, NOW).catch((error: Error) => error.message)
        const said = typeof answer === 'string' ? null : [Number(answer.reward.id), answer.discount, answer.freeMinutes]
        const wanted = standing ?? (chosen && { ...chosen, reward: chosen.reward.id })
        const isShown = booking !== undefined && !booking.deleted && wanted !== null && wanted !== undefined
        expect({ step, id, said }).toEqual({
          step,
          id,
          said: isShown ? [wanted.reward, wanted.discount, wanted.minutes] : null,
        })
        if (chosen !== null) use(id, chosen)
      } else {
        await takeBackRedemption(db, id, ACTOR, NOW).catch(() => undefined)
        const booking = bookings.get(id)
        if (booking !== undefined && !booking.deleted) undo(id)
      }
    }

    const entries = await rows<{ amount: number }>(
      db,
      `SELECT l.amount FROM ledger_entries e JOIN ledger_lines l ON l.entry_id = e.id AND l.account = 'provider'
     WHERE e.customer_id = ? ORDER BY e.id`,
      [owner?.id ?? 0],
    )
    expect(entries.map(({ amount }) => amount)).toEqual(account)
    const standing = await rows<Use & { booking: string }>(
      db,
      `SELECT b.external_id AS booking, q.reward_id AS reward, q.discount, q.minutes
     FROM redemptions q JOIN bookings b ON b.id = q.booking_id WHERE q.customer_id = ? AND q.standing = 1`,
      [owner?.id ?? 0],
    )
    const inOrder = (all: readonly Use[]) => [...all].sort((a, b) => (a.booking < b.booking ? -1 : 1))
    expect(inOrder(standing)).toEqual(inOrder(uses))
    expect(account.length).toBeGreaterThan(20)
  },
  120_000,
)
