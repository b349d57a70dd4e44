/**
 * Random rules out of the whole catalogue over a random world: the number that a preview promises, the members after
 * publishing, what explanations say of each customer, and the naive oracle are one.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { rows } from '../../domain/database.ts'
import { createSegment } from '../../domain/segments/createSegment.ts'
import { deleteSegment } from '../../domain/segments/deleteSegment.ts'
import { explain } from '../../domain/segments/explain.ts'
import { previewRule } from '../../domain/segments/previewRule.ts'
import { recomputeSegment } from '../../domain/segments/recomputeSegment.ts'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { NaiveEvaluation } from '../support/naive/evaluation.ts'
import { naivePair } from '../support/naive/things.ts'
import { randomFrom } from '../support/random.ts'
import { FuzzRun } from '../support/world/fuzzRun.ts'
import { randomRule } from '../support/world/rules/randomRule.ts'

const LONG = process.env.PERENNIAL_LONG === '1'
const RULES = LONG ? 300 : 30
/** Of how many customers each rule's explanation is asked for. */
const EXPLAINED = 3

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

describe.each([
  [81, 'America/New_York'],
  [82, 'Australia/Lord_Howe'],
])('seed %i in %s', (seed, timeZone) => {
  test('preview = members after publishing = explanations = oracle', async () => {
    const { db } = database
    const run = await FuzzRun.begin(db, seed, timeZone, 30)
    await run.play(6)
    const { now } = run
    await refreshSegments(db, now)
    const world = run.world()
    const random = randomFrom(seed)
    const known = [...world.people.values()].flatMap(({ customer }) => (customer.known ? [customer.id] : []))
    const arrived = world.providers.filter((provider) => !world.waitingProviders.has(provider))
    let members = 0
    for (let index = 0; index < RULES; index += 1) {
      const rule = randomRule(random, { depth: 6, segments: run.segments.map(({ key }) => key) })
      const scope = random.pick(['business', 'provider'] as const)
      const said = `seed ${seed}, ${scope} ${JSON.stringify(rule)}`
      const evaluation = new NaiveEvaluation(world, now)
      const expected = new Set<string>()
      for (const provider of scope === 'business' ? [null] : arrived) {
        for (const customer of known) {
          if (evaluation.holds(rule, provider, customer)) expected.add(naivePair(provider, customer))
        }
      }
      members += expected.size

      const { count, nodes } = await previewRule(db, { rule, scope }, now)
      expect([said, count]).toEqual([said, expected.size])
      expect([said, nodes[0]?.yes]).toEqual([said, expected.size])
      if (scope === 'provider') {
        const provider = random.pick(arrived)
        const ours = [...expected].filter((pair) => pair.startsWith(`${provider} `))
        const preview = await previewRule(db, { rule, scope, provider: `p${provider}` }, now)
        expect([said, provider, preview.count]).toEqual([said, provider, ours.length])
      }

      const key = await createSegment(db, { name: `Rule ${index}`, scope, rule }, 'test', now)
      await recomputeSegment(db, key, now)
      const found = await rows<{ provider_id: number; customer_id: number }>(
        db,
        'SELECT m.provider_id, m.customer_id FROM segment_members m JOIN segments s ON s.id = m.segment_id WHERE s.`key` = ?',
        [key],
      )
      const pairs = found.map((row) => naivePair(row.provider_id, row.customer_id))
      expect([said, pairs.sort()]).toEqual([said, [...expected].sort()])

      for (let asked = 0; asked < EXPLAINED; asked += 1) {
        const customer = random.pick(known)
        const provider = scope === 'business' ? null : random.pick(arrived)
        const who = { customer: `c${customer}`, provider: provider === null ? undefined : `p${provider}` }
        const { member } = await explain(db, key, who, now)
        expect([said, who, member]).toEqual([said, who, expected.has(naivePair(provider, customer))])
      }
      await deleteSegment(db, key)
    }
    expect(members).toBeGreaterThan(100)
  }, 600_000)
})
