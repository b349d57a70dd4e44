import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { daysAhead, pastDays } from '../../domain/backtests/days.ts'
import { readBacktest } from '../../domain/backtests/readBacktest.ts'
import { runBacktest } from '../../domain/backtests/runBacktest.ts'
import { insertBacktest, startBacktest } from '../../domain/backtests/startBacktest.ts'
import { type Database, rows } from '../../domain/database.ts'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import type { Rule } from '../../rules/rule.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { caughtBy, differenceOf } from '../support/naive/caughtBy.ts'
import type { NaiveRule } from '../support/naive/things.ts'
import { type Random, randomFrom } from '../support/random.ts'
import { LivePast } from '../support/world/livePast.ts'
import { randomRule } from '../support/world/rules/randomRule.ts'

const DAYS = 30
const RULES = 12

let database: TestDatabase
let db: Database
beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
})
afterAll(() => database.drop())

/** Rules by which somebody moves in every business; after them random ones. */
const MOVING: readonly NaiveRule[] = [
  { fact: 'last_booking', is: 'within_last', value: { days: 10 } },
  { fact: 'next_booking', is: 'within_next', value: { weeks: 1 } },
  { fact: 'booking_count', within: { last: { months: 1 } }, is: '>=', value: 2 },
]

/** A business of some weeks. */
async function grown(random: Random, timeZone: string): Promise<LivePast> {
  const begin = new Date(Date.UTC(2026, random.pick([1, 2, 8, 9]), 10))
  const live = await LivePast.begin(db, random, timeZone, begin)
  for (let step = 0; step < 14; step += 1) await live.step()
  return live
}

/** What was written of a backtest, day by day, with customers as the caller numbers them. */
async function written(id: number): Promise<Map<string, { members: number; changes: string[] }>> {
  const { counted } = await readBacktest(db, id)
  const changes = await rows<{ day: string; provider_id: number; entered: number; external_id: string }>(
    db,
    `SELECT b.day, b.provider_id, b.entered, c.external_id FROM backtest_changes b JOIN customers c ON c.id = b.customer_id
     WHERE b.backtest_id = ?`,
    [id],
  )
  return new Map(
    counted.map(({ day, members, entered, left }) => {
      const ours = changes
        .filter((one) => one.day === day)
        .map((one) => `${one.entered === 1 ? '+' : '-'}${one.provider_id} ${one.external_id.slice(1)}`)
        .sort()
      expect(ours.filter((one) => one.startsWith('+'))).toHaveLength(entered)
      expect(ours.filter((one) => one.startsWith('-'))).toHaveLength(left)
      return [day, { members, changes: ours }]
    }),
  )
}

test.each([
  { seed: 1, timeZone: 'Europe/Berlin' },
  { seed: 2, timeZone: 'America/New_York' },
])(
  'a backtest says of each day what a whole evaluation as of its end says (seed $seed, $timeZone)',
  async ({ seed, timeZone }) => {
    const random = randomFrom(seed * 977)
    const live = await grown(random, timeZone)
    let changes = 0
    for (let count = 0; count < RULES; count += 1) {
      const rule = MOVING[count] ?? randomRule(random)
      const scope = random.pick(['business', 'provider'] as const)
      const id = await startBacktest(db, { rule, scope, days: DAYS }, 'test', live.now)
      // at times the worker dies on the way, and another one goes on
      let dies = random.chance(0.5) ? random.int(1, DAYS) : 0
      const run = () =>
        runBacktest(
          db,
          id,
          () => live.now,
          () => {
            dies -= 1
            if (dies === 0) throw new Error('killed')
          },
        )
      await run().catch(run)
      const found = await written(id)
      const { days, begin, ends } = pastDays(DAYS, live.now, timeZone)
      expect([...found.keys()]).toEqual(days)
      let before = caughtBy(rule, scope, live.world.at(begin), begin)
      for (const [place, day] of days.entries()) {
        const end = ends[place] ?? begin
        const after = caughtBy(rule, scope, live.world.at(end), end)
        const expected = { rule, scope, day, members: after.size, changes: differenceOf(before, after) }
        expect({ rule, scope, day, ...found.get(day) }).toEqual(expected)
        before = after
        changes += expected.changes.length
      }
      expect((await readBacktest(db, id)).state).toBe('done')
    }
    expect(changes).toBeGreaterThan(10)
  },
  180_000,
)

test.each([
  { seed: 3, timeZone: 'Europe/Berlin' },
  { seed: 4, timeZone: 'Australia/Lord_Howe' },
])(
  'a forecast says of each day what an evaluation on it would, if nothing happens (seed $seed, $timeZone)',
  async ({ seed, timeZone }) => {
    const random = randomFrom(seed * 977)
    const live = await grown(random, timeZone)
    await refreshSegments(db, live.now)
    const world = live.world.standing(live.now)
    let changes = 0
    for (let count = 0; count < RULES * 3; count += 1) {
      const rule: NaiveRule = MOVING[count] ?? randomRule(random)
      const scope = random.pick(['business', 'provider'] as const)
      const made = {
        kind: 'forecast',
        rule: rule as unknown as Rule,
        scope,
        provider: null,
        days: 14,
        by: null,
      } as const
      const id = await insertBacktest(db, made, live.now)
      await runBacktest(db, id, () => live.now)
      const found = await written(id)
      const { days, ends } = daysAhead(14, live.now, timeZone)
      expect([...found.keys()]).toEqual(days)
      let before = caughtBy(rule, scope, world, live.now)
      for (const [place, day] of days.entries()) {
        const end = ends[place] ?? live.now
        const after = caughtBy(rule, scope, world, end)
        const { members, changes: told = [] } = found.get(day) ?? {}
        expect({ rule, scope, day, members }).toEqual({ rule, scope, day, members: after.size })
        expect({ rule, day, told: netOf(told) }).toEqual({ rule, day, told: differenceOf(before, after) })
        before = after
        changes += told.length
      }
      // places are looked at once a day, all else at the very instant
      if (JSON.stringify(rule).includes('"rank"')) continue
      for (const { at } of await rows<{ at: Date }>(
        db,
        'SELECT DISTINCT at FROM backtest_changes WHERE backtest_id = ?',
        [id],
      )) {
        const just = caughtBy(rule, scope, world, new Date(at.getTime() - 1))
        const difference = differenceOf(just, caughtBy(rule, scope, world, at))
        expect({ rule, at, changed: difference.length > 0 }).toEqual({ rule, at, changed: true })
      }
    }
    expect(changes).toBeGreaterThan(5)
  },
  180_000,
)

/** Who left again on the day on which they came has not changed by its end. */
function netOf(changes: readonly string[]): string[] {
  const sums = new Map<string, number>()
  for (const one of changes) {
    sums.set(one.slice(1), (sums.get(one.slice(1)) ?? 0) + (one.startsWith('+') ? 1 : -1))
  }
  return [...sums].flatMap(([who, sum]) => (sum === 0 ? [] : [`${sum > 0 ? '+' : '-'}${who}`])).sort()
}
