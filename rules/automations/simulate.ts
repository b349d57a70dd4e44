/**
 * One customer's way through an automation, without doing anything: what would happen when, in a world that says what
 * happens to them and which rules hold. For replays of the past, and for walking through with the time skipped.
 */
import type { Path, Rule } from '../rule.ts'
import { addDays, type Day, dayOf } from '../time.ts'
import { type Automation, type CustomerDate, type Happening, kindOf, type Step } from './automation.ts'
import { fits, type Occurrence } from './fits.ts'
import { after, atTime, nextAt } from './instants.ts'
import { type Placed, stepsOf, Walk } from './steps.ts'

/** What happens to one customer. */
export type World = {
  readonly timeZone: string
  /** In the order of time. */
  readonly happenings: readonly Occurrence[]
  /** The first instant from one to another, both included, at which a rule of the definition holds; null when it never does. */
  holdsFrom(path: Path, from: Date, to: Date): Date | null
  /** Whether somebody can be written to over a channel. */
  reachable(channel: string, at: Date): boolean
  /** One of the customer’s dates from a day on. */
  dateOf(of: CustomerDate, from: Day): Day | null
  /** What chance says, from 0 up to 100: of a step that splits, or for `''` of who is held out. */
  chance(step: string): number
}

export type What =
  | 'entered'
  | 'held_out'
  | 'sent'
  | 'not_sent'
  | 'waits'
  | 'goes_on'
  | 'way'
  | 'gave'
  | 'tagged'
  | 'status'
  | 'segment'
  | 'told'
  | 'called'
  | 'jumped'
  | 'finished'
  | 'goal'
  | 'exited'

/** Something on the way. `text` is what it is about: a template, a tag, the exit; `way` where a fork leads. */
export type Event = {
  readonly at: Date
  readonly step: string | null
  readonly what: What
  readonly until: Date | null
  readonly way: string | null
  readonly text: string | null
}

export type Way = {
  readonly events: readonly Event[]
  /** `inside`: still on the way when the time is over. */
  readonly end: 'finished' | 'goal' | 'exited' | 'held_out' | 'inside'
  readonly endedAt: Date | null
  /** The exit by which they left. */
  readonly reason: string | null
  /** Where they stand, or stood last. */
  readonly step: string | null
}

/** Whether something comes about by what is known of the customer, once that has been looked at. */
const follows = ({ on }: Happening): boolean =>
  on === 'enters_segment' || on === 'leaves_segment' || on === 'status_changes'

/** Nobody comes by so many steps; a way that goes on for ever is cut off here. */
const MAX_EVENTS = 1_000

/**
 * Walks a customer through an automation.
 *
 * @param enters when they enter
 * @param until nothing is looked at after it
 */
export function simulate(automation: Automation, enters: Date, until: Date, world: World): Way {
  return new Simulation(automation, enters, until, world).run()
}

class Simulation {
  readonly #automation: Automation
  readonly #until: Date
  readonly #world: World
  readonly #walk: Walk
  readonly #places: ReadonlyMap<string, Placed>
  readonly #events: Event[] = []
  /** When the message of a step went last. */
  readonly #sent = new Map<string, Date>()
  #at: Date
  #step: string | null = null

  constructor(automation: Automation, enters: Date, until: Date, world: World) {
    this.#automation = automation
    this.#until = until
    this.#world = world
    this.#walk = new Walk(automation)
    this.#places = new Map(stepsOf(automation).map((place) => [place.step.id, place]))
    this.#at = enters
  }

  run(): Way {
    const enters = this.#at
    this.#note('entered', null)
    // who has to leave at once has left before anybody is held out
    const barred = this.#exitBetween(enters, enters)
    if (barred !== null) return this.#leave(barred)
    const { holdout = 0 } = this.#automation
    if (holdout > 0 && this.#world.chance('') < holdout) return this.#end('held_out', 'held_out', null)
    this.#land(this.#walk.first)
    for (let from = enters; ; ) {
      const exit = this.#exitBetween(from, this.#at)
      if (exit !== null) return this.#leave(exit)
      if (this.#step === null) return this.#end('finished', 'finished', null)
      if (this.#events.length > MAX_EVENTS) return this.#stay()
      const place = this.#places.get(this.#step)
      if (place === undefined) return this.#end('finished', 'finished', null)
      from = this.#at
      const due = this.#act(place)
      if (due === null) continue
      if (due > this.#until) {
        const before = this.#exitBetween(this.#at, this.#until)
        return before === null ? this.#stay() : this.#leave(before)
      }
      const meanwhile = this.#exitBetween(this.#at, due)
      if (meanwhile !== null) return this.#leave(meanwhile)
      this.#at = due
      this.#goOn(place)
    }
  }

  /** Does what a step does and goes on. Returns when a wait is over; what follows is then looked for. */
  #act({ step, path }: Placed): Date | null {
    const { timeZone } = this.#world
    if ('wait' in step) return this.#waits(step.id, after(this.#at, step.wait, timeZone))
    if ('wait_until' in step) return this.#waits(step.id, this.#untilWhen(step))
    if ('wait_for' in step) {
      const latest = after(this.#at, step.at_most, timeZone)
      this.#note('waits', step.id, { until: latest })
      return this.#heardAt(step, path, latest) ?? latest
    }
    if ('branch' in step) {
      const found = step.branch.findIndex((_, n) => this.#holdsNow(`${path}/branch/${n}/if`))
      return this.#take(step, found === -1 ? 'else' : String(found))
    }
    if ('split' in step) {
      let sum = 0
      const chance = this.#world.chance(step.id)
      const found = step.split.findIndex(({ percent }) => {
        sum += percent
        return chance < sum
      })
      return this.#take(step, String(found === -1 ? step.split.length - 1 : found))
    }
    this.#noteWork(step)
    this.#land(this.#walk.after(step.id))
    return null
  }

  #noteWork(step: Step): void {
    if ('send' in step) {
      const { send } = step
      const reachable = this.#world.reachable(send.channel, this.#at)
      const text = send.channel === 'email' ? send.template : send.channel
      this.#note(reachable ? 'sent' : 'not_sent', step.id, { text })
      if (!reachable) return
      this.#sent.set(step.id, this.#at)
      if (step.send.reward !== undefined) this.#note('gave', step.id)
    } else if ('give' in step) this.#note('gave', step.id)
    else if ('tag' in step)
      this.#note('tagged', step.id, { text: [...(step.tag.add ?? []), ...(step.tag.remove ?? [])].join(', ') })
    else if ('status' in step) this.#note('status', step.id, { text: step.status })
    else if ('segment' in step) {
      this.#note('segment', step.id, { text: 'put' in step.segment ? step.segment.put : step.segment.take })
    } else if ('tell' in step) this.#note('told', step.id, { text: step.tell.to })
    else if ('call' in step) this.#note('called', step.id, { text: step.call.url })
  }

  #waits(step: string, due: Date): Date {
    this.#note('waits', step, { until: due })
    return due
  }

  /** Goes on after a wait that is over now. */
  #goOn({ step, path }: Placed): void {
    if ('wait_for' in step) {
      this.#take(step, this.#heardNow(step, path) ? 'then' : 'else')
      return
    }
    this.#note('goes_on', step.id)
    this.#land(this.#walk.after(step.id))
  }

  #take(step: Step, way: string): null {
    this.#note('way', step.id, { way })
    this.#land(this.#walk.into(step.id, way))
    return null
  }

  #land(to: string | null): void {
    const { step, passed } = this.#walk.land(to)
    for (const jump of passed) {
      const place = this.#places.get(jump)
      if (place !== undefined && kindOf(place.step) === 'go_to') this.#note('jumped', jump)
    }
    this.#step = step
  }

  #untilWhen(step: Extract<Step, { wait_until: unknown }>): Date {
    const { timeZone } = this.#world
    const until = step.wait_until
    if (!('at_most' in until)) return nextAt(this.#at, until, timeZone)
    const latest = after(this.#at, until.at_most, timeZone)
    const days = until.before === undefined ? until.days : -until.days
    const of = until.before ?? until.after ?? 'birthday'
    const today = dayOf(this.#at, timeZone)
    // today's has its hour: when that has passed, the next one is meant
    for (const from of [addDays(today, -days), addDays(today, 1 - days)]) {
      const date = this.#world.dateOf(of, from)
      if (date === null) break
      const at = atTime(addDays(date, days), until.at, timeZone)
      if (at >= this.#at) return new Date(Math.min(at.getTime(), latest.getTime()))
    }
    return latest
  }

  /** When what a step waits for comes first, from now up to an instant. */
  #heardAt(step: Extract<Step, { wait_for: unknown }>, path: Path, to: Date): Date | null {
    if ('rule' in step.wait_for) return this.#world.holdsFrom(`${path}/wait_for/rule`, this.#at, to)
    return this.#firstOf(step.wait_for, this.#at, to)
  }

  #heardNow(step: Extract<Step, { wait_for: unknown }>, path: Path): boolean {
    if ('rule' in step.wait_for) return this.#holdsNow(`${path}/wait_for/rule`)
    const asked = step.wait_for
    return this.#world.happenings.some((it) => it.at.getTime() === this.#at.getTime() && this.#counts(asked, it))
  }

  #holdsNow(path: Path): boolean {
    return this.#world.holdsFrom(path, this.#at, this.#at) !== null
  }

  /** The first time that something happens after an instant, up to another one. */
  #firstOf(asked: Happening, from: Date, to: Date): Date | null {
    const found = this.#world.happenings.find((it) => it.at > from && it.at <= to && this.#counts(asked, it))
    return found?.at ?? null
  }

  /** A message is read after it was sent. */
  #counts(asked: Happening, it: Occurrence): boolean {
    if (!fits(asked, it)) return false
    if (asked.on !== 'opened' && asked.on !== 'clicked') return true
    const sent = this.#sent.get(asked.step)
    return sent !== undefined && sent <= it.at
  }

  /**
   * The first exit, or the goal, that comes between two instants; a rule may hold at the first one already. Of those that
   * come at one instant, what happens comes before what follows from it, and that before what rules say.
   */
  #exitBetween(from: Date, to: Date): { at: Date; id: string | null } | null {
    if (from > to) return null
    const { unless = [], goal } = this.#automation
    type Came = { at: Date | null; id: string | null; rank: number }
    const each = (one: { rule?: Rule; on?: Happening }, path: Path, id: string | null): Came[] => [
      ...(one.on === undefined ? [] : [{ at: this.#firstOf(one.on, from, to), id, rank: follows(one.on) ? 1 : 0 }]),
      ...(one.rule === undefined ? [] : [{ at: this.#world.holdsFrom(`${path}/rule`, from, to), id, rank: 2 }]),
    ]
    const all = [
      ...unless.flatMap((exit, n) => each(exit, `/unless/${n}`, exit.id)),
      ...(goal === undefined ? [] : each(goal, '/goal', null)),
    ]
    const found = all.flatMap(({ at, id, rank }) => (at === null ? [] : [{ at, id, rank }]))
    const [first] = found.sort((one, other) => one.at.getTime() - other.at.getTime() || one.rank - other.rank)
    return first ?? null
  }

  #leave({ at, id }: { at: Date; id: string | null }): Way {
    this.#at = at
    return id === null ? this.#end('goal', 'goal', null) : this.#end('exited', 'exited', id)
  }

  #end(end: Exclude<Way['end'], 'inside'>, what: What, reason: string | null): Way {
    this.#note(what, null, { text: reason })
    return { events: this.#events, end, endedAt: this.#at, reason, step: this.#step }
  }

  #stay(): Way {
    return { events: this.#events, end: 'inside', endedAt: null, reason: null, step: this.#step }
  }

  #note(what: What, step: string | null, more: Partial<Pick<Event, 'until' | 'way' | 'text'>> = {}): void {
    this.#events.push({ at: this.#at, step, what, until: null, way: null, text: null, ...more })
  }
}
