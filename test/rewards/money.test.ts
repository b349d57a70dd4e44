/** What rewards take off and readings earn, against answers worked out another way. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { millionthsOf, shareOf } from '../../domain/ledger/shareOf.ts'
import { chooseReward, type Usable } from '../../domain/rewards/chooseReward.ts'
import { costOf } from '../../domain/rewards/rewardLiability.ts'
import { type Size, takesOff } from '../../domain/rewards/takesOff.ts'

const RUNS = { numRuns: 500 }

const price = fc.oneof(fc.integer({ min: -50, max: 300 }), fc.integer({ min: 0, max: 9_000_000_000_000 }))
const length = fc.integer({ min: 0, max: 600 })
const size: fc.Arbitrary<Size> = fc.oneof(
  fc
    .integer({ min: 1, max: 100_000 })
    .map((amount) => ({ kind: 'voucher' as const, amount, percent: null, ceiling: null, minutes: null })),
  fc
    .tuple(fc.integer({ min: 1, max: 100 }), fc.option(fc.integer({ min: 1, max: 100_000 })))
    .map(([percent, ceiling]) => ({ kind: 'voucher' as const, amount: null, percent, ceiling, minutes: null })),
  fc
    .integer({ min: 1, max: 900 })
    .map((minutes) => ({ kind: 'free_minutes' as const, amount: null, percent: null, ceiling: null, minutes })),
)

/** The whole number d with d × whole ≤ cost × part < (d + 1) × whole, by halving. */
function naiveShareDown(cost: number, part: number, whole: number): number {
  let [low, high] = [0n, BigInt(cost) + 1n]
  while (high - low > 1n) {
    const middle = (low + high) / 2n
    if (middle * BigInt(whole) <= BigInt(cost) * BigInt(part)) low = middle
    else high = middle
  }
  return Number(low)
}

function naive(reward: Size, cost: number, minutes: number): { discount: number; minutes: number } {
  if (cost < 1) return { discount: 0, minutes: 0 }
  if (reward.kind === 'voucher') {
    const bounds = [cost]
    if (reward.amount !== null) bounds.push(reward.amount)
    if (reward.percent !== null) bounds.push(naiveShareDown(cost, reward.percent, 100))
    if (reward.ceiling !== null) bounds.push(reward.ceiling)
    return { discount: Math.min(...bounds), minutes: 0 }
  }
  const free = Math.min(reward.minutes ?? 0, minutes)
  const discount = minutes === 0 ? 0 : naiveShareDown(cost, free, minutes)
  return { discount, minutes: discount === 0 ? 0 : free }
}

describe('what a reward takes off', () => {
  test('is what the naive answer says, and never more than the price', () => {
    fc.assert(
      fc.property(size, price, length, (reward, cost, minutes) => {
        const taken = takesOff(reward, { price: cost, minutes })
        expect(taken).toEqual(naive(reward, cost, minutes))
        expect(taken.discount).toBeGreaterThanOrEqual(0)
        expect(taken.discount).toBeLessThanOrEqual(Math.max(cost, 0))
      }),
      RUNS,
    )
  })

  test('of a contact without price or length is nothing that needs them', () => {
    fc.assert(
      fc.property(size, (reward) => {
        expect(takesOff(reward, { price: null, minutes: 60 })).toEqual({ discount: 0, minutes: 0 })
        if (reward.kind === 'free_minutes') {
          expect(takesOff(reward, { price: 5000, minutes: null })).toEqual({ discount: 0, minutes: 0 })
        }
      }),
    )
  })

  test('is never more than what was shown as its largest cost, over all uses of it', () => {
    const contacts = fc.array(
      fc.record({ price: fc.integer({ min: 1, max: 10_000 }), minutes: fc.integer({ min: 1, max: 120 }) }),
      { minLength: 1, maxLength: 12 },
    )
    fc.assert(
      fc.property(size, contacts, (reward, all) => {
        const byMinute = [...all].sort((a, b) => b.price / b.minutes - a.price / a.minutes)[0]
        const dearest = reward.kind === 'free_minutes' ? byMinute : [...all].sort((a, b) => b.price - a.price)[0]
        const most =
          reward.amount ??
          reward.ceiling ??
          costOf(reward, { since: '2026-01-01', ...(dearest as { price: number; minutes: number }) })
        let left = reward.minutes
        let total = 0
        for (const contact of all) {
          const taken = takesOff({ ...reward, minutes: left }, contact)
          if (reward.kind === 'free_minutes') {
            left = (left ?? 0) - taken.minutes
            total += taken.discount
          } else total = Math.max(total, taken.discount)
        }
        expect(total).toBeLessThanOrEqual(most)
      }),
      RUNS,
    )
  })
})

describe('the reward that applies by itself', () => {
  const days = ['2026-12-01', '2026-12-02', '2026-12-03', '2026-12-04']
  const day = fc.integer({ min: 0, max: 3 })
  const usable: fc.Arbitrary<Omit<Usable, 'id'>> = fc
    .record({ size, from: day, to: day })
    .map(({ size: own, from, to }) => ({
      ...own,
      valid_from: days[from] as string,
      valid_to: days[to] as string,
      minutes_used: own.minutes === null ? 0 : Math.floor(own.minutes / 3),
    }))

  test('is the first of all, one by one, in whatever order they come', () => {
    fc.assert(
      fc.property(
        fc.array(usable, { maxLength: 6 }),
        day,
        fc.integer({ min: 0, max: 200_000 }),
        length,
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        (list, on, cost, minutes, dice) => {
          const rewards = list.map((one, index) => ({ ...one, id: index + 1 }))
          const shuffled = rewards
            .map((one) => ({ one, at: dice.next().value as number }))
            .sort((a, b) => a.at - b.at)
            .map(({ one }) => one)
          const chosen = chooseReward(shuffled, { price: cost, minutes }, days[on] as string)
          let best: { id: number; to: string; discount: number } | null = null
          for (const reward of rewards) {
            const today = days[on] as string
            if (today < reward.valid_from || today > reward.valid_to) continue
            const left = { ...reward, minutes: reward.minutes === null ? null : reward.minutes - reward.minutes_used }
            const { discount } = naive(left, cost, minutes)
            if (discount === 0) continue
            const isSooner = best !== null && reward.valid_to < best.to
            const isLarger = best !== null && reward.valid_to === best.to && discount > best.discount
            if (best === null || isSooner || isLarger) best = { id: reward.id, to: reward.valid_to, discount }
          }
          expect(chosen?.reward.id ?? null).toBe(best?.id ?? null)
          expect(chosen?.takenOff.discount ?? null).toBe(best?.discount ?? null)
        },
      ),
      RUNS,
    )
  })
})

describe('the share of a reading', () => {
  test('is the nearest whole minor unit, a half goes up', () => {
    fc.assert(
      fc.property(price, fc.integer({ min: 0, max: 1_000_000 }), (cost, millionths) => {
        const share = BigInt(shareOf(cost, millionths))
        const exact = BigInt(Math.max(cost, 0)) * BigInt(millionths)
        // twice the distance: at most a half, and exactly a half only upwards
        const twice = 2n * (share * 1_000_000n - exact)
        expect(twice <= 1_000_000n && twice > -1_000_000n).toBe(true)
      }),
      RUNS,
    )
  })

  test.each([
    [0.1, 5_000, 500],
    [0.1, 5, 1],
    [0.1, 4, 0],
    [0.07, 1_050, 74],
    [0.3, 1, 0],
    [1 / 3, 100, 33],
    [1, 999, 999],
    [0, 999, 0],
    [0.1, -500, 0],
  ])('%f of %i is %i', (rate, cost, share) => {
    expect(shareOf(cost, millionthsOf(rate))).toBe(share)
  })
})
