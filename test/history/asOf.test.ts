import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { look, type Subject, surroundingsOf } from '../../domain/backtests/look.ts'
import { rows } from '../../domain/database.ts'
import { previewRule } from '../../domain/segments/previewRule.ts'
import { EVERYBODY } from '../../rules/compile/population.ts'
import type { Rule } from '../../rules/rule.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { caughtBy } from '../support/naive/caughtBy.ts'
import { randomFrom } from '../support/random.ts'
import { LivePast } from '../support/world/livePast.ts'
import { randomRule } from '../support/world/rules/randomRule.ts'
import { ZONES } from '../support/world/zones.ts'

const STEPS = 22
const INSTANTS = 14
const RULES = 14

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

test.each(ZONES.map((timeZone, index) => ({ timeZone, seed: index + 1 })))(
  'as of any past instant the rules say what they would have said then (seed $seed, $timeZone)',
  async ({ timeZone, seed }) => {
    const { db } = database
    const random = randomFrom(seed * 4231)
    const begin = new Date(Date.UTC(2026, random.pick([1, 2, 8, 9]), 10))
    const live = await LivePast.begin(db, random, timeZone, begin)
    const remembered: Date[] = []
    for (let step = 0; step < STEPS; step += 1) {
      await live.step()
      remembered.push(live.now)
    }
    const ids = await rows<{ id: number; external_id: string }>(db, 'SELECT id, external_id FROM customers')
    const numbers = new Map(ids.map(({ id, external_id }) => [id, external_id.slice(1)]))
    let caught = 0
    for (let index = 0; index < INSTANTS; index += 1) {
      const between = new Date(random.int(begin.getTime() - 40 * 86_400_000, live.now.getTime()))
      const at = random.chance(0.6) ? random.pick(remembered) : between
      const world = live.world.at(at)
      for (let count = 0; count < RULES; count += 1) {
        const rule = randomRule(random)
        const scope = random.pick(['business', 'provider'] as const)
        const subject: Subject = { rule: rule as unknown as Rule, scope, timeZone, source: 'known' }
        const surroundings = await surroundingsOf(db, subject, at)
        const found = await look(db, subject, EVERYBODY, { at, last: at, surroundings })
        const members = found
          .filter(({ holds }) => holds)
          .map(({ providerId, customerId }) => `${providerId} ${numbers.get(customerId)}`)
          .sort()
        const expected = [...caughtBy(rule, scope, world, at)].sort()
        if (members.join() !== expected.join()) {
          throw new Error(
            `seed ${seed}, ${at.toISOString()}, ${scope}\nrule ${JSON.stringify(rule)}\nfound ${members}\nexpected ${expected}\n${JSON.stringify([...world.people.values()], null, 1)}`,
          )
        }
        caught += expected.length
        if (count > 0 || at >= live.now) continue
        const { count: previewed } = await previewRule(db, { rule, scope, asOf: at }, live.now)
        expect(previewed).toBe(expected.length)
      }
    }
    // rules that catch nobody would prove nothing
    expect(caught).toBeGreaterThan(30)
  },
  120_000,
)
