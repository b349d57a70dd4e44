/** What an explanation and a list of members promise about time: checked against the naive oracle on random histories. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { explain } from '../../domain/segments/explain.ts'
import { listMembers } from '../../domain/segments/listMembers.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { dependsOnOthers } from '../support/naive/dependsOnOthers.ts'
import { NaiveEvaluation } from '../support/naive/evaluation.ts'
import { naivePair } from '../support/naive/things.ts'
import { randomFrom } from '../support/random.ts'
import { FuzzRun } from '../support/world/fuzzRun.ts'
import type { WorldSegment } from '../support/world/segments.ts'

const SAMPLES = 300
const WEEK = 7 * 86_400_000

/** One customer and one segment; `provider` for a segment of that provider. */
type Subject = { segment: WorldSegment; customer: number; provider: number | null }

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

describe.each([
  [71, 'Europe/Berlin'],
  [72, 'Pacific/Apia'],
])('seed %i in %s', (seed, timeZone) => {
  let run: FuzzRun
  let isIn: (subject: Subject, at: Date) => boolean
  beforeAll(async () => {
    run = await FuzzRun.begin(database.db, seed, timeZone, 40)
    // the last step moved the clock on after its refresh
    await run.play(8)
    const world = run.world()
    isIn = ({ segment, customer, provider }, at) => new NaiveEvaluation(world, at).isMember(segment, provider, customer)
  }, 120_000)

  const where = ({ segment: { key, rule }, customer, provider }: Subject) =>
    `seed ${seed}, ${key} ${JSON.stringify(rule)}, provider ${provider}, ${JSON.stringify(run.world().people.get(customer))}`

  test('an explanation agrees with the oracle now, at since and at until', async () => {
    const random = randomFrom(seed)
    const world = run.world()
    const known = [...world.people.values()].filter(({ customer }) => customer.known).map(({ customer }) => customer.id)
    let promises = 0
    for (let index = 0; index < SAMPLES; index += 1) {
      const segment = random.pick(run.segments)
      const arrived = world.providers.filter((provider) => !world.waitingProviders.has(provider))
      const provider = segment.scope === 'business' ? null : random.pick(arrived)
      const subject = { segment, customer: random.pick(known), provider }
      const who = { customer: `c${subject.customer}`, provider: provider === null ? undefined : `p${provider}` }
      const { member, until, nodes } = await explain(database.db, segment.key, who, run.now)
      const others = dependsOnOthers(segment, world.segments)
      const byHand = segment.byHand.has(naivePair(provider, subject.customer))
      // places in rankings are those of the last refresh
      if (!others && member !== isIn(subject, run.now)) throw new Error(`member: ${where(subject)}`)
      const since = nodes[0]?.since ?? null
      if (others && (until !== null || since !== null)) throw new Error(`promised for others: ${where(subject)}`)
      if (until !== null) {
        promises += 1
        const kept = isIn(subject, new Date(until.getTime() - 1)) === member && isIn(subject, until) !== member
        if (!kept) throw new Error(`until ${until.toISOString()} at ${run.now.toISOString()}: ${where(subject)}`)
      } else if (!others) {
        for (let week = 1; week <= 8; week += 1) {
          const at = new Date(run.now.getTime() + week * WEEK)
          if (isIn(subject, at) !== member)
            throw new Error(`no until, but changed by ${at.toISOString()}: ${where(subject)}`)
        }
      }
      if (since !== null && !byHand) {
        const kept = isIn(subject, since) === member && isIn(subject, new Date(since.getTime() - 1)) !== member
        if (!kept) throw new Error(`since ${since.toISOString()}: ${where(subject)}`)
      }
    }
    expect(promises).toBeGreaterThan(5)
  }, 120_000)

  test('members leave when their list says so', async () => {
    let promises = 0
    for (const segment of run.segments.filter(({ scope }) => scope === 'business')) {
      const { items } = await listMembers(database.db, segment.key, { filter: {} }, { limit: 30 }, run.now)
      for (const { id, leavesAt } of items) {
        const subject = { segment, customer: Number(id.slice(1)), provider: null }
        // the clock has moved on since the last refresh: who is out by now is not what this is about
        if (leavesAt === null || !isIn(subject, run.now)) continue
        promises += 1
        const kept = isIn(subject, new Date(leavesAt.getTime() - 1)) && !isIn(subject, leavesAt)
        if (!kept) throw new Error(`leaves at ${leavesAt.toISOString()}: ${where(subject)}`)
      }
    }
    expect(promises).toBeGreaterThan(5)
  }, 120_000)
})
