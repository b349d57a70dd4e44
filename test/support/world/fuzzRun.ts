import { type Database, execute, rows } from '../../../domain/database.ts'
import { evaluate } from '../../../domain/segments/evaluate.ts'
import { standardSegments } from '../../../domain/segments/installStandardSegments.ts'
import { markDirty } from '../../../domain/segments/markDirty.ts'
import { momentIn } from '../../../domain/segments/moment.ts'
import { recomputeSegments } from '../../../domain/segments/recomputeSegment.ts'
import { refreshSegments } from '../../../domain/segments/refreshSegments.ts'
import { readSurroundings } from '../../../domain/segments/surroundings.ts'
import { compileRules } from '../../../rules/compile.ts'
import type { Rule, Scope } from '../../../rules/rule.ts'
import { type NaiveFacts, type NaiveRule, naiveHolds } from '../naive.ts'
import { type Random, randomFrom } from '../random.ts'
import { randomRule } from './randomRules.ts'
import { History, PROVIDERS, restlessProvider } from './world.ts'
import { writeSteps } from './writeStep.ts'

type Segment = { id: number; key: string; scope: Scope; rule: NaiveRule }

/** One customer and one segment; `provider` for a segment of that provider. */
export type Subject = { key: string; rule: NaiveRule; provider: number | null; facts: NaiveFacts }

const STEPS = 20
const RANDOM_SEGMENTS = 14
const SECOND = 1_000
const HOUR = 3_600 * SECOND
const DAY = 24 * HOUR

/** Some histories that run side by side through one year, with segments that are checked after every step. */
export class FuzzRun {
  /** How many times somebody entered or left a segment so far. */
  changes = 0
  readonly #db: Database
  readonly #seed: number
  readonly #timeZone: string
  readonly #random: Random
  readonly #histories: History[]
  readonly #waiting = new Set<number>([restlessProvider])
  /** Whose facts changed after others had been refreshed in the same step: either cause is right for them. */
  readonly #late = new Set<number>()
  /** Who is in what, replayed from the transitions: `segment provider customer`. */
  readonly #replayed = new Set<string>()
  #lastTransition = 0
  #segments: Segment[] = []
  #now: Date
  #nextFlip: Date | null = null

  private constructor(db: Database, seed: number, timeZone: string, count: number) {
    this.#db = db
    this.#seed = seed
    this.#timeZone = timeZone
    this.#random = randomFrom(seed * 7919)
    // from a week or so before one clock change of the year to after the other, or around one of them
    this.#now = new Date(
      Date.UTC(2026, this.#random.pick([2, 2, 9, 9, this.#random.int(0, 11)]), this.#random.int(1, 28)),
    )
    this.#histories = Array.from({ length: count }, (_, index) => new History(seed * 100_003 + index, 1 + index * 10))
  }

  /** Empties the database and makes the segments: the standard ones and random ones in both scopes. */
  static async begin(db: Database, seed: number, timeZone: string, count: number): Promise<FuzzRun> {
    const run = new FuzzRun(db, seed, timeZone, count)
    await run.#reset()
    for (const { key, scope, rule } of standardSegments()) await run.#makeSegment(key, scope, rule)
    for (let index = 0; index < RANDOM_SEGMENTS; index += 1) {
      await run.#makeSegment(`random-${index}`, index % 3 === 2 ? 'provider' : 'business', randomRule(run.#random))
    }
    await recomputeSegments(
      db,
      run.#segments.map(({ key }) => key),
      run.#now,
    )
    return run
  }

  get now(): Date {
    return this.#now
  }

  /** Every pair of a customer and a segment, with what the oracle needs to know about them. */
  subjects(): Subject[] {
    return this.#segments.flatMap(({ key, scope, rule }) =>
      this.#histories.flatMap((history) => {
        const ofCustomer = (id: number, provider: number | null): Subject[] => {
          const customer = history.customers.find((one) => one.id === id)
          return customer === undefined
            ? []
            : [{ key, rule, provider, facts: history.factsOf(customer, this.#waiting) }]
        }
        return scope === 'business'
          ? history.customers.flatMap(({ id }) => ofCustomer(id, null))
          : history.relationships().flatMap((pair) => ofCustomer(pair.customer, pair.provider))
      }),
    )
  }

  /** Runs all steps. Throws, with the seed, at the first disagreement. */
  async play(steps = STEPS): Promise<void> {
    for (let step = 0; step < steps; step += 1) {
      this.#late.clear()
      const dirty = await this.#write(step)
      if (this.#random.chance(0.15)) await this.#changeRule(step)
      const { nextFlip } = await refreshSegments(this.#db, this.#now)
      this.#nextFlip = nextFlip
      await this.#check(step, dirty)
      this.#moveOn()
    }
  }

  async #write(step: number): Promise<Set<number>> {
    const before = await this.#db.transaction(async (trx) => {
      if (!this.#random.chance(0.2)) return []
      const known = this.#waiting.has(restlessProvider)
      if (known) this.#waiting.delete(restlessProvider)
      else this.#waiting.add(restlessProvider)
      await execute(trx, 'UPDATE providers SET known = ? WHERE id = ?', [known, restlessProvider])
      const pairs = this.#histories.flatMap((history) => history.pairsOf(restlessProvider))
      await markDirty(trx, pairs, 'event', this.#now)
      return pairs
    })
    // the first rows of all customers must be there before anything names them
    const steps = this.#histories.map((history) => {
      const changed = history.step(this.#now, this.#timeZone)
      return step === 0 ? { ...changed, customers: [...history.customers] } : changed
    })
    await writeSteps(this.#db, steps, this.#now, this.#timeZone)
    const marks = [...steps.flatMap((one) => one.marks), ...before]
    return new Set(marks.map(({ customerId }) => customerId))
  }

  async #changeRule(step: number): Promise<void> {
    const segment = this.#random.pick(this.#segments)
    segment.rule = randomRule(this.#random)
    const version = step + 2
    await execute(this.#db, 'UPDATE segments SET rule = ?, version = ? WHERE id = ?', [
      JSON.stringify(segment.rule),
      version,
      segment.id,
    ])
    await execute(
      this.#db,
      'INSERT INTO segment_versions (segment_id, version, rule, created_at) VALUES (?, ?, ?, ?)',
      [segment.id, version, JSON.stringify(segment.rule), this.#now],
    )
    // at times something happens, and is refreshed, while the recompute runs
    let again = this.#random.chance(0.5)
    await recomputeSegments(this.#db, [segment.key], this.#now, async () => {
      if (!again) return
      again = false
      for (const customer of await this.#write(step)) this.#late.add(customer)
      await refreshSegments(this.#db, this.#now)
    })
  }

  /** Seconds to weeks; often to the very instant at which something changes. */
  #moveOn(): void {
    const jump =
      this.#random.pick([SECOND, HOUR, 7 * HOUR, DAY, 3 * DAY, 9 * DAY, 30 * DAY]) * (0.5 + this.#random.next())
    const flip = this.#nextFlip
    if (flip !== null && this.#random.chance(0.4)) this.#now = flip
    else this.#now = new Date(this.#now.getTime() + Math.ceil(jump))
  }

  async #check(step: number, dirty: ReadonlySet<number>): Promise<void> {
    const members = new Set(
      (
        await rows<{ segment_id: number; provider_id: number; customer_id: number }>(
          this.#db,
          'SELECT segment_id, provider_id, customer_id FROM segment_members',
        )
      ).map((row) => `${row.segment_id} ${row.provider_id} ${row.customer_id}`),
    )
    this.#compare(step, 'refresh', members, this.#naive(this.#now))
    await this.#checkTransitions(step, members, dirty)
    await this.#checkFull(step)
    await this.#checkRaw(step, members)
    // nothing was to happen before the promised instant
    if (this.#nextFlip !== null) {
      const just = new Date(this.#nextFlip.getTime() - 1)
      this.#compare(
        step,
        `the promise that nothing happens before ${this.#nextFlip.toISOString()}`,
        members,
        this.#naive(just),
      )
    }
  }

  #naive(now: Date): Set<string> {
    const members = new Set<string>()
    const facts = new Map(
      this.#histories.flatMap((history) =>
        history.customers.map((customer) => [customer.id, history.factsOf(customer, this.#waiting)] as const),
      ),
    )
    for (const { id, scope, rule } of this.#segments) {
      const pairs =
        scope === 'business'
          ? [...facts.keys()].map((customer) => ({ provider: null, customer }))
          : this.#histories.flatMap((history) => history.relationships())
      for (const { provider, customer } of pairs) {
        const ofCustomer = facts.get(customer)
        if (ofCustomer !== undefined && naiveHolds(rule, ofCustomer, provider, now, this.#timeZone)) {
          members.add(`${id} ${provider ?? 0} ${customer}`)
        }
      }
    }
    return members
  }

  async #checkTransitions(step: number, members: ReadonlySet<string>, dirty: ReadonlySet<number>): Promise<void> {
    const found = await rows<{
      id: number
      segment_id: number
      provider_id: number
      customer_id: number
      entered: number
      cause: string
    }>(this.#db, 'SELECT * FROM segment_transitions WHERE id > ? ORDER BY id', [this.#lastTransition])
    for (const row of found) {
      const key = `${row.segment_id} ${row.provider_id} ${row.customer_id}`
      if (this.#replayed.has(key) === (row.entered === 1)) {
        this.#fail(step, `${key} ${row.entered ? 'entered' : 'left'} twice`)
      }
      if (row.entered === 1) this.#replayed.add(key)
      else this.#replayed.delete(key)
      if (row.cause !== 'initial' && row.cause !== 'rule_change') {
        const changed = dirty.has(row.customer_id)
        if (row.provider_id === 0 && !this.#late.has(row.customer_id) && changed === (row.cause === 'time')) {
          this.#fail(step, `${key} has cause ${row.cause}, facts changed: ${changed}`)
        }
      }
      this.#lastTransition = row.id
      this.changes += 1
    }
    this.#compare(step, 'the replayed transitions', this.#replayed, new Set(members))
  }

  /** A fresh evaluation of everybody finds nothing to change: neither members nor, later than needed, flips. */
  async #checkFull(step: number): Promise<void> {
    for (const scope of ['business', 'provider'] as const) {
      const differences = await evaluate(this.#db, {
        scope,
        segments: this.#segments
          .filter((segment) => segment.scope === scope)
          .map(({ id, rule }) => ({ id, rule: rule as unknown as Rule })),
        alsoFlips: [],
        population: { kind: 'range', from: 0, to: 2 ** 40 },
        surroundings: await readSurroundings(this.#db),
        moment: momentIn(this.#timeZone, this.#now),
      })
      const wrong = differences.find(({ entered, left }) => entered.length + left.length > 0)
      if (wrong !== undefined) this.#fail(step, `full recompute differs: ${JSON.stringify(wrong)}`)
    }
  }

  /** The same compiler with everything read from raw rows says the same. */
  async #checkRaw(step: number, members: ReadonlySet<string>): Promise<void> {
    const found = new Set<string>()
    for (const scope of ['business', 'provider'] as const) {
      const segments = this.#segments.filter((segment) => segment.scope === scope)
      const rules = segments.map(({ rule }) => rule as unknown as Rule)
      const compiled = compileRules(rules, {
        scope,
        ...momentIn(this.#timeZone, this.#now),
        ...(await readSurroundings(this.#db)),
        population: { kind: 'range', from: 0, to: 2 ** 40 },
        source: 'raw',
      })
      const columns = rules.map((rule, index) => ({ sql: compiled.holds(rule), name: `s${index}` }))
      const selected = await rows<Record<string, number>>(
        this.#db,
        `SELECT e.provider_id, e.customer_id, e.known${columns.map(({ sql, name }) => `, ${sql.text} AS ${name}`).join('')}
         FROM (${compiled.select.text}) e`,
        compiled.select.values,
      )
      for (const row of selected) {
        for (const [index, { id }] of segments.entries()) {
          if (row.known && row[`s${index}`]) found.add(`${id} ${row.provider_id} ${row.customer_id}`)
        }
      }
    }
    this.#compare(step, 'an evaluation of raw rows', members, found)
  }

  #compare(step: number, what: string, found: ReadonlySet<string>, expected: ReadonlySet<string>): void {
    for (const key of found) if (!expected.has(key)) this.#fail(step, `${what}: too many: ${this.#named(key)}`)
    for (const key of expected) if (!found.has(key)) this.#fail(step, `${what}: too few: ${this.#named(key)}`)
  }

  #named(key: string): string {
    const [segment, , customer] = key.split(' ').map(Number)
    const rule = this.#segments.find(({ id }) => id === segment)?.rule
    const history = this.#histories.find(({ customers }) => customers.some(({ id }) => id === customer))
    const owner = history?.customers.find(({ id }) => id === customer)
    const facts = owner === undefined ? undefined : history?.factsOf(owner, this.#waiting)
    return `${key}\nrule ${JSON.stringify(rule)}\nfacts ${JSON.stringify(facts)}`
  }

  #fail(step: number, message: string): never {
    throw new Error(`seed ${this.#seed}, step ${step}, ${this.#now.toISOString()} in ${this.#timeZone}: ${message}`)
  }

  async #makeSegment(key: string, scope: Scope, rule: unknown): Promise<void> {
    const json = JSON.stringify(rule)
    await execute(
      this.#db,
      `INSERT INTO segments (\`key\`, name, scope, rule, version, recalculation, created_at, updated_at)
       VALUES (?, ?, ?, ?, 1, '{"mode":"live"}', ?, ?)`,
      [key, key, scope, json, this.#now, this.#now],
    )
    const [row] = await rows<{ id: number }>(this.#db, 'SELECT id FROM segments WHERE `key` = ?', [key])
    const id = row?.id ?? 0
    await execute(
      this.#db,
      'INSERT INTO segment_versions (segment_id, version, rule, created_at) VALUES (?, 1, ?, ?)',
      [id, json, this.#now],
    )
    this.#segments.push({ id, key, scope, rule: rule as NaiveRule })
  }

  async #reset(): Promise<void> {
    for (const table of [
      'segments',
      'dirty_relationships',
      'relationships',
      'bookings',
      'memberships',
      'customers',
      'providers',
    ]) {
      await execute(this.#db, `DELETE FROM ${table}`)
    }
    await execute(this.#db, 'UPDATE segment_upkeep SET refreshed_to = NULL')
    await execute(
      this.#db,
      `INSERT INTO settings (id, name, time_zone, currency, language, sender_name, sender_email, updated_at)
       VALUES (1, 'Studio', ?, 'EUR', 'en', 'Studio', 'studio@studio.test', ?)
       ON DUPLICATE KEY UPDATE time_zone = VALUES(time_zone)`,
      [this.#timeZone, this.#now],
    )
    for (const id of PROVIDERS) {
      await execute(
        this.#db,
        'INSERT INTO providers (id, external_id, known, name, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)',
        [id, `p${id}`, !this.#waiting.has(id), `Provider ${id}`, this.#now, this.#now],
      )
    }
  }
}
