/** What an explanation and a list of members promise about time: checked against the naive oracle on random histories. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { explain } from '../../domain/segments/explain.ts'
import { listMembers } from '../../domain/segments/listMembers.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { naiveHolds } from '../support/naive.ts'
import { randomFrom } from '../support/random.ts'
import { FuzzRun, type Subject } from '../support/world/fuzzRun.ts'

const SAMPLES = 300
const WEEK = 7 * 86_400_000

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
  let subjects: Subject[]
  beforeAll(async () => {
    run = await FuzzRun.begin(database.db, seed, timeZone, 40)
    await run.play(8)
    // the last step moved the clock on after its refresh
    subjects = run.subjects().filter(({ facts }) => facts.customer.known)
  }, 120_000)

  const isIn = ({ rule, facts, provider }: Subject, at: Date) => naiveHolds(rule, facts, provider, at, timeZone)
  const where = ({ key, rule, provider, facts }: Subject) =>
    `seed ${seed}, ${key} ${JSON.stringify(rule)}, provider ${provider}, ${JSON.stringify(facts)}`

  test('an explanation agrees with the oracle now, at since and at until', async () => {
    const random = randomFrom(seed)
    let promises = 0
    for (let index = 0; index < SAMPLES; index += 1) {
      const subject = random.pick(subjects)
      const { facts, provider, key } = subject
      if (provider !== null && facts.waitingProviders.has(provider)) continue
      const who = { customer: `c${facts.customer.id}`, provider: provider === null ? undefined : `p${provider}` }
      const { member, until, nodes } = await explain(database.db, key, who, run.now)
      if (member !== isIn(subject, run.now)) throw new Error(`member: ${where(subject)}`)
      const since = nodes[0]?.since ?? null
      if (until !== null) {
        promises += 1
        const kept = isIn(subject, new Date(until.getTime() - 1)) === member && isIn(subject, until) !== member
        if (!kept) throw new Error(`until ${until.toISOString()} at ${run.now.toISOString()}: ${where(subject)}`)
      } else {
        for (let week = 1; week <= 8; week += 1) {
          const at = new Date(run.now.getTime() + week * WEEK)
          if (isIn(subject, at) !== member)
            throw new Error(`no until, but changed by ${at.toISOString()}: ${where(subject)}`)
        }
      }
      if (since !== null) {
        const kept = isIn(subject, since) === member && isIn(subject, new Date(since.getTime() - 1)) !== member
        if (!kept) throw new Error(`since ${since.toISOString()}: ${where(subject)}`)
      }
    }
    expect(promises).toBeGreaterThan(5)
  }, 120_000)

  test('members leave when their list says so', async () => {
    let promises = 0
    for (const key of new Set(subjects.filter(({ provider }) => provider === null).map((subject) => subject.key))) {
      const { items } = await listMembers(database.db, key, { filter: {} }, { limit: 30 }, run.now)
      for (const { id, leavesAt } of items) {
        const subject = subjects.find((one) => one.key === key && `c${one.facts.customer.id}` === id)
        // the clock has moved on since the last refresh: who is out by now is not what this is about
        if (subject === undefined || leavesAt === null || !isIn(subject, run.now)) continue
        promises += 1
        const kept = isIn(subject, new Date(leavesAt.getTime() - 1)) && !isIn(subject, leavesAt)
        if (!kept) throw new Error(`leaves at ${leavesAt.toISOString()}: ${where(subject)}`)
      }
    }
    expect(promises).toBeGreaterThan(5)
  }, 120_000)
})
