import { EVERYBODY } from '../../rules/compile/population.ts'
import { rankingsIn } from '../../rules/rankings.ts'
import type { Database } from '../database.ts'
import { chunksOf } from '../segments/applyChanges.ts'
import { Agenda } from './agenda.ts'
import { type Days, placeOf } from './days.ts'
import { type Found, look, type Subject, surroundingsOf } from './look.ts'

/** Somebody who entered or left. */
export type Step = { providerId: number; customerId: number; entered: boolean; at: Date }

/** How many ids one statement of the beginning spans, and how many customers one names: more are no longer a range. */
const SPAN = 20_000
const NAMED = 900

const BUSINESS: readonly number[] = [0]

/**
 * How finely what was known is told: at the end of each day; also at its beginning, where time alone changes what most rules
 * say; or at every instant at which anything changes.
 */
export type Grain = 'days' | 'midnights' | 'instants'

/**
 * A rule that is played over days: everybody is evaluated at the beginning; after that only those whose time has come,
 * and those whom somebody else puts on the agenda. A rule that ranks looks at everybody on each day on which anybody
 * is looked at, since one customer's place depends on the others.
 */
export class Walk {
  /** How many are in it. */
  members = 0
  readonly agenda = new Agenda()
  readonly #db: Database
  readonly #subject: Subject
  readonly #days: Days
  readonly #last: Date
  readonly #ranks: boolean
  /** With which providers a customer is in it. */
  readonly #in = new Map<number, readonly number[]>()

  /** At how many instants anybody was looked at. */
  looks = 0
  /** May get coarser on the way. Rules that rank are told by days: they look at everybody each time. */
  grain: Grain

  constructor(db: Database, subject: Subject, days: Days, grain: Grain = 'days') {
    this.grain = grain
    this.#db = db
    this.#subject = subject
    this.#days = days
    this.#last = days.ends.at(-1) ?? days.begin
    this.#ranks = rankingsIn(subject.rule).length > 0
  }

  /**
   * Evaluates everybody.
   *
   * @param onProgress told after each part how far it is, in ids of customers
   */
  async begin(at: Date, lastId: number, onProgress: (done: number) => Promise<void>): Promise<void> {
    const surroundings = await surroundingsOf(this.#db, this.#subject, at)
    const span = this.#ranks ? EVERYBODY.to : SPAN
    for (let from = 0; from <= lastId; from += span) {
      const range = { kind: 'range', from, to: from + span - 1 } as const
      this.#take(await look(this.#db, this.#subject, range, { at, last: this.#last, surroundings }), at)
      await onProgress(Math.min(from + span - 1, lastId))
    }
  }

  /** Evaluates some customers; all others stay out of it. */
  async beginWith(customers: readonly number[], at: Date): Promise<void> {
    if (this.#ranks) return this.begin(at, EVERYBODY.to, async () => {})
    const surroundings = await surroundingsOf(this.#db, this.#subject, at)
    for (const some of chunksOf(customers, NAMED)) {
      const population = { kind: 'picked', customers: some } as const
      this.#take(await look(this.#db, this.#subject, population, { at, last: this.#last, surroundings }), at)
    }
  }

  /** With which providers a customer is in it now; 0 for the whole business. */
  providersOf(customer: number): readonly number[] {
    return this.#in.get(customer) ?? []
  }

  /** Goes on to an instant. Returns who entered and left on the way, in its order. */
  async to(end: Date): Promise<Step[]> {
    const steps: Step[] = []
    for (let due = this.agenda.take(end); due !== null; due = this.agenda.take(end)) {
      const { at, customers } = due
      this.looks += 1
      const surroundings = await surroundingsOf(this.#db, this.#subject, at)
      const moment = { at, last: this.#last, surroundings }
      if (this.#ranks) {
        const everybody = await look(this.#db, this.#subject, EVERYBODY, moment)
        const left = new Set(this.#in.keys())
        steps.push(...this.#take(everybody, at, left))
        continue
      }
      for (const some of chunksOf(customers, NAMED)) {
        const found = await look(this.#db, this.#subject, { kind: 'picked', customers: some }, moment)
        steps.push(...this.#take(found, at, new Set(some)))
      }
    }
    return steps
  }

  /**
   * Notes what was found.
   *
   * @param looked who of those who may be in it was looked at: of whom nothing was found is in it no longer
   */
  #take(found: readonly Found[], at: Date, looked: ReadonlySet<number> = new Set()): Step[] {
    const now = new Map<number, number[]>()
    for (const { providerId, customerId, holds, next } of found) {
      if (holds) now.set(customerId, [...(now.get(customerId) ?? []), providerId])
      if (next !== null && next <= this.#last) this.agenda.put(this.lookAt(next), customerId)
    }
    const steps: Step[] = []
    for (const customerId of new Set([...looked, ...now.keys()])) {
      const before = this.#in.get(customerId) ?? []
      const after = now.get(customerId) ?? []
      for (const providerId of after)
        if (!before.includes(providerId)) steps.push({ providerId, customerId, entered: true, at })
      for (const providerId of before)
        if (!after.includes(providerId)) steps.push({ providerId, customerId, entered: false, at })
      if (after.length === 0) this.#in.delete(customerId)
      else this.#in.set(customerId, this.#subject.scope === 'business' ? BUSINESS : after)
      this.members += after.length - before.length
    }
    return steps
  }

  /** When somebody is looked at who may change at an instant: then, or where only days are told, at the day's end. */
  lookAt(next: Date): Date {
    const told = this.#subject.source === 'raw' ? 'instants' : this.grain
    if (!this.#ranks && (told === 'instants' || (told === 'midnights' && this.#beginsDay(next)))) return next
    return this.#days.ends[placeOf(this.#days, next)] ?? next
  }

  #beginsDay(at: Date): boolean {
    const { begin, ends } = this.#days
    const before = new Date(at.getTime() - 1)
    const place = placeOf(this.#days, before)
    return before.getTime() === begin.getTime() || ends[place]?.getTime() === before.getTime()
  }
}
