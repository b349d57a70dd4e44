import { type Database, execute, rows } from '../../../domain/database.ts'
import { standardSegments } from '../../../domain/segments/installStandardSegments.ts'
import { type DirtyCause, markDirty } from '../../../domain/segments/markDirty.ts'
import { recomputeSegments } from '../../../domain/segments/recomputeSegment.ts'
import { refreshSegments } from '../../../domain/segments/refreshSegments.ts'
import { changeSettings } from '../../../domain/settings/changeSettings.ts'
import { type NaiveRule, type NaiveWorld, naivePair } from '../naive/things.ts'
import { type Random, randomFrom } from '../random.ts'
import { CauseCheck } from './causeCheck.ts'
import { checkMembers } from './checkMembers.ts'
import { History, PROVIDERS, RESTLESS_PROVIDER } from './history.ts'
import { randomRule } from './rules/randomRule.ts'
import type { WorldSegment } from './segments.ts'
import { emptyWorld } from './tables.ts'
import { writeSteps } from './writeSteps.ts'
import { ZONES } from './zones.ts'

const STEPS = 20
const RANDOM_SEGMENTS = 14
const SECOND = 1_000
const HOUR = 3_600 * SECOND
const DAY = 24 * HOUR

/** Some histories that run side by side through one year, with segments that are checked after every step. */
export class FuzzRun {
  /** How many times somebody entered or left a segment so far. */
  changes = 0
  readonly segments: WorldSegment[] = []
  readonly #db: Database
  readonly #seed: number
  readonly #random: Random
  readonly #histories: History[]
  readonly #waiting = new Set<number>([RESTLESS_PROVIDER])
  readonly #causes: CauseCheck
  #timeZone: string
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
    this.#histories = Array.from(
      { length: count },
      (_, index) => new History(seed * 100_003 + index, 1 + index * 10, this.#now, timeZone),
    )
    this.#causes = new CauseCheck(db, this.segments)
  }

  /** Empties the database and makes the segments: the standard ones and random ones in both scopes. */
  static async begin(db: Database, seed: number, timeZone: string, count: number): Promise<FuzzRun> {
    const run = new FuzzRun(db, seed, timeZone, count)
    await emptyWorld(db, { timeZone, waiting: run.#waiting, now: run.#now })
    for (const { key, scope, rule } of standardSegments()) await run.#makeSegment(key, scope, rule as NaiveRule)
    for (let index = 0; index < RANDOM_SEGMENTS; index += 1) {
      const segments = run.segments.map(({ key }) => key)
      const scope = index % 3 === 2 ? 'provider' : 'business'
      await run.#makeSegment(`random-${index}`, scope, randomRule(run.#random, { segments }))
    }
    await recomputeSegments(
      db,
      run.segments.map(({ key }) => key),
      run.#now,
    )
    return run
  }

  get now(): Date {
    return this.#now
  }

  /** Everything as the oracle knows it. */
  world(): NaiveWorld {
    const people = this.#histories.flatMap((history) => history.people())
    return {
      people: new Map(people.map((person) => [person.customer.id, person])),
      waitingProviders: this.#waiting,
      providers: PROVIDERS,
      segments: new Map(this.segments.map((segment) => [segment.key, segment])),
      timeZone: this.#timeZone,
    }
  }

  /** Runs all steps. Throws, with the seed, at the first disagreement. */
  async play(steps = STEPS): Promise<void> {
    for (let step = 0; step < steps; step += 1) {
      try {
        await this.#playStep(step)
      } catch (error) {
        const where = `seed ${this.#seed}, step ${step}, ${this.#now.toISOString()} in ${this.#timeZone}`
        throw new Error(`${where}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
      }
      this.#moveOn()
    }
  }

  async #playStep(step: number): Promise<void> {
    this.#causes.begin()
    await this.#write(step === 0)
    if (this.#random.chance(0.3)) await this.#decideByHand()
    if (this.#random.chance(0.05)) await this.#moveToAnotherZone()
    if (this.#random.chance(0.15)) await this.#changeRule(step + 2)
    this.#nextFlip = (await refreshSegments(this.#db, this.#now)).nextFlip
    const members = await checkMembers(this.#db, this.world(), this.segments, {
      now: this.#now,
      nextFlip: this.#nextFlip,
    })
    this.changes += await this.#causes.check(members)
  }

  async #write(isFirst: boolean): Promise<void> {
    if (this.#random.chance(0.2)) await this.#turnProvider()
    const steps = this.#histories.map((history) => {
      const step = history.step(this.#now, this.#timeZone)
      // the first rows of all customers must be there before anything names them
      if (isFirst) step.written.customers = [...history.rows.customers]
      return step
    })
    await writeSteps(this.#db, steps, this.#now, this.#timeZone)
    this.#causes.note(steps.flatMap(({ marks }) => marks))
  }

  async #turnProvider(): Promise<void> {
    const known = this.#waiting.has(RESTLESS_PROVIDER)
    if (known) this.#waiting.delete(RESTLESS_PROVIDER)
    else this.#waiting.add(RESTLESS_PROVIDER)
    await this.#db.transaction(async (trx) => {
      await execute(trx, 'UPDATE providers SET known = ? WHERE id = ?', [known, RESTLESS_PROVIDER])
      await this.#mark(
        trx,
        this.#histories.flatMap((history) => history.pairsOf(RESTLESS_PROVIDER)),
        'event',
      )
    })
  }

  async #decideByHand(): Promise<void> {
    const segment = this.#random.pick(this.segments)
    const { id: customerId } = this.#random.pick(this.#random.pick(this.#histories).rows.customers)
    const providerId = segment.scope === 'business' ? 0 : this.#random.pick(PROVIDERS)
    const decision = this.#random.pick([true, true, false, null])
    const pair = naivePair(providerId, customerId)
    if (decision === null) segment.byHand.delete(pair)
    else segment.byHand.set(pair, decision)
    await this.#db.transaction(async (trx) => {
      const key = [segment.id, providerId, customerId]
      await execute(
        trx,
        'DELETE FROM segment_overrides WHERE segment_id = ? AND provider_id = ? AND customer_id = ?',
        key,
      )
      if (decision !== null) {
        await execute(
          trx,
          `INSERT INTO segment_overrides (segment_id, provider_id, customer_id, is_in, decided_at) VALUES (?, ?, ?, ?, ?)`,
          [...key, decision, this.#now],
        )
      }
      await this.#mark(trx, [{ providerId, customerId }], 'by_hand')
    })
  }

  async #mark(trx: Database, pairs: { providerId: number; customerId: number }[], cause: DirtyCause): Promise<void> {
    await markDirty(trx, pairs, cause, this.#now)
    this.#causes.note(pairs.map((pair) => ({ ...pair, cause })))
  }

  /** Somebody notices that the business's clock was set wrong. */
  async #moveToAnotherZone(): Promise<void> {
    this.#timeZone = this.#random.pick(ZONES.filter((zone) => zone !== this.#timeZone))
    await changeSettings(this.#db, { timeZone: this.#timeZone }, this.#now)
    const everybody = this.#histories.flatMap(({ rows: { customers } }) => customers)
    this.#causes.note(everybody.map(({ id }) => ({ providerId: 0, customerId: id, cause: 'historical' as const })))
  }

  async #changeRule(version: number): Promise<void> {
    const segment = this.#random.pick(this.segments)
    const earlier = this.segments.slice(0, this.segments.indexOf(segment)).map(({ key }) => key)
    segment.rule = randomRule(this.#random, { segments: earlier })
    this.#causes.noteRule(segment.key)
    const json = JSON.stringify(segment.rule)
    await execute(this.#db, 'UPDATE segments SET rule = ?, version = ? WHERE id = ?', [json, version, segment.id])
    await execute(
      this.#db,
      'INSERT INTO segment_versions (segment_id, version, rule, created_at) VALUES (?, ?, ?, ?)',
      [segment.id, version, json, this.#now],
    )
    // at times something happens, and is refreshed, while the recompute runs
    let again = this.#random.chance(0.5)
    await recomputeSegments(this.#db, [segment.key], this.#now, async () => {
      if (!again) return
      again = false
      this.#causes.noteLate()
      await this.#write(false)
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

  async #makeSegment(key: string, scope: WorldSegment['scope'], rule: NaiveRule): Promise<void> {
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
    this.segments.push({ id, key, scope, rule, byHand: new Map() })
  }
}
