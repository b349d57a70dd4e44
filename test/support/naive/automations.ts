import type { Automation, Step } from '../../../rules/automations/automation.ts'
import { isBetween, later, nextMidnight, nextTime } from './clock.ts'
import { type Business, type Happened, type Lived, Person } from './person.ts'

/**
 * One customer's ways through an automation, walked alone and written from the language's text (docs/automations.md): no
 * cohorts, no tables, no SQL. It knows the steps and the rules that random automations are made of.
 *
 * Where several things come at one instant, what happens to the customer is first, then what follows from it by itself, then
 * who enters, then steps: those of who entered first, together those who entered together and stand at the same one; last
 * the messages.
 */
export type Alone = {
  business: Business
  who: { id: number; language: string; group: string }
  life: readonly Lived[]
  /** What chance says, from 0 up to 100: of a step that splits, or for `''` of who is held out. */
  chance: (step: string) => number
  quiet: { from: string; to: string } | null
  cap: { mails: number; days: number } | null
  /** When a message that quiet hours held goes, once they have ended; they are spread by lot. */
  released: (step: string, provider: number, ended: number) => number
  /** Messages of one instant go in an order of their own, which matters where a cap lets only some of them go. */
  turn: (step: string, provider: number) => number
}

export type Walked = {
  /** `step@instant` of each message, each reward, and all else that is done. */
  sends: string[]
  gifts: string[]
  acts: string[]
  /** How each way ended, or where it stands, in the order of entering: `finished`, `exited x`, `at step`. */
  ends: string[]
  tags: string[]
  status: string
  segments: string[]
}

type Inside = {
  provider: number
  entered: number
  /** Who entered together. */
  with: number
  step: string
  due: number | null
  stands: 'waiting' | 'ready' | 'heard' | 'sending'
  end: string | null
}

const DAY = 86_400_000

export function walkAlone(automation: Automation, alone: Alone, from: Date, until: Date): Walked {
  return new Walk(automation, alone, from).to(until.getTime())
}

class Walk {
  readonly #automation: Automation
  readonly #alone: Alone
  readonly #person: Person
  readonly #ways: Inside[] = []
  readonly #sent: number[] = []
  readonly #walked: Pick<Walked, 'sends' | 'gifts' | 'acts'> = { sends: [], gifts: [], acts: [] }
  #arrived: number[] = []
  #now: number
  #groups = 0

  constructor(automation: Automation, alone: Alone, from: Date) {
    this.#automation = automation
    this.#alone = alone
    this.#now = from.getTime()
    this.#person = new Person(alone.business, alone.who, this.#now)
  }

  to(until: number): Walked {
    const life = [...this.#alone.life].sort((one, other) => one.at.getTime() - other.at.getTime())
    for (;;) {
      const next = Math.min(
        ...[
          ...this.#inside().flatMap(({ due }) => due ?? []),
          ...(life[0] === undefined ? [] : [life[0].at.getTime()]),
          ...this.#person.begins,
          nextMidnight(this.#now, this.#alone.business.timeZone),
        ].filter((at) => at > this.#now),
      )
      if (next > until) break
      this.#now = next
      while (life[0]?.at.getTime() === next) for (const it of this.#person.live(life.shift() as Lived)) this.#hear(it)
      this.#settle()
    }
    return {
      ...this.#walked,
      ends: [...this.#ways]
        .sort((one, other) => one.entered - other.entered || one.provider - other.provider)
        .map(({ end, step }) => end ?? `at ${step}`),
      tags: [...this.#person.tags].sort(),
      status: this.#person.status,
      segments: this.#person.segments,
    }
  }

  #inside = () => this.#ways.filter(({ end }) => end === null)

  /** Whom a rule is asked about: the customer, of one provider or of the whole business. */
  #holds = (rule: unknown, provider: number) => this.#person.holds(rule, provider === 0 ? null : provider, this.#now)

  #hear(it: Happened): void {
    const { scope, when, unless = [], goal } = this.#automation
    if (fits(when, it)) {
      const each = it.provider === null ? this.#person.related : [it.provider]
      this.#arrived.push(...(scope === 'business' ? [0] : each))
    }
    const concerned = () => this.#inside().filter((one) => isBetweenThem(one, it))
    for (const { id, on } of unless) {
      if (on !== undefined && fits(on, it)) for (const one of concerned()) one.end = `exited ${id}`
    }
    if (goal?.on !== undefined && fits(goal.on, it)) for (const one of concerned()) one.end = 'goal goal'
    for (const one of concerned()) {
      const step = this.#place(one.step).step
      if (one.stands !== 'waiting' || !('wait_for' in step) || !('on' in step.wait_for)) continue
      if (fits(step.wait_for, it)) this.#heard(one)
    }
  }

  #heard(one: Inside): void {
    one.stands = 'heard'
    one.due = null
  }

  /** What follows by itself; then rules are asked about those inside, and who may enter does. */
  #follow(): void {
    for (const happened of this.#person.follow(this.#now)) for (const it of happened) this.#hear(it)
    this.#watch()
    // who comes to a wait for what holds already waits no longer
    if (this.#enter()) this.#watch()
  }

  #watch(): void {
    for (const one of this.#inside()) {
      if (this.#leftByRule(one) || one.stands !== 'waiting') continue
      const { step } = this.#place(one.step)
      if ('wait_for' in step && 'rule' in step.wait_for && this.#holds(step.wait_for.rule, one.provider)) {
        this.#heard(one)
      }
    }
  }

  #exitOf(provider: number): string | null {
    const { unless = [], goal } = this.#automation
    const exit = unless.find(({ rule }) => rule !== undefined && this.#holds(rule, provider))
    if (exit !== undefined) return `exited ${exit.id}`
    return goal?.rule !== undefined && this.#holds(goal.rule, provider) ? 'goal goal' : null
  }

  #leftByRule(one: Inside): boolean {
    one.end ??= this.#exitOf(one.provider)
    return one.end !== null
  }

  /** @returns whether anybody has */
  #enter(): boolean {
    const inside = this.#ways.length
    const { again, only, holdout = 0 } = this.#automation
    const group = this.#groups++
    for (const provider of new Set(this.#arrived)) {
      const before = this.#ways.filter((one) => one.provider === provider)
      const last = before.at(-1)
      // of no rule at all it is asked whether they have to do with the provider
      if (!this.#holds(only ?? { all: [] }, provider) || before.some(({ end }) => end === null)) continue
      if (again === 'never' && last !== undefined) continue
      if (typeof again === 'object' && last !== undefined) {
        if (later(last.entered, again.after, this.#alone.business.timeZone) > this.#now) continue
      }
      const step = this.#automation.then[0]?.id ?? ''
      const one: Inside = { provider, entered: this.#now, with: group, step, due: null, stands: 'ready', end: null }
      one.end = this.#exitOf(provider) ?? (this.#alone.chance('') < holdout ? 'held_out' : null)
      this.#ways.push(one)
      if (one.end === null) this.#goTo(one, this.#automation.then[0]?.id ?? null)
    }
    this.#arrived = []
    return this.#ways.length > inside
  }

  #place(id: string): Placed {
    const place = find(this.#automation.then, id)
    if (place === undefined) throw new Error(`No step ${id}`)
    return place
  }

  #goTo(one: Inside, to: string | null): void {
    for (let at = to; ; ) {
      const step = at === null ? undefined : this.#place(at).step
      if (step === undefined || 'end' in step) {
        one.end = 'finished'
        return
      }
      if ('go_to' in step) {
        at = step.go_to
        continue
      }
      one.step = step.id
      one.due = this.#dueOf(step)
      one.stands = one.due === null ? 'ready' : 'waiting'
      return
    }
  }

  #dueOf(step: Step): number | null {
    const { timeZone } = this.#alone.business
    if ('wait' in step) return later(this.#now, step.wait, timeZone)
    if ('wait_for' in step) return later(this.#now, step.at_most, timeZone)
    if ('wait_until' in step && !('days' in step.wait_until)) {
      return nextTime(this.#now, step.wait_until.at, step.wait_until.weekdays, timeZone)
    }
    return null
  }

  #can = (one: Inside) => one.end === null && one.stands !== 'sending' && (one.due === null || one.due <= this.#now)

  #settle(): void {
    for (let rounds = 0; rounds < 1_000; rounds++) {
      this.#follow()
      const able = this.#ways.filter(this.#can)
      const messages = this.#ways.filter(
        ({ end, stands, due }) => end === null && stands === 'sending' && due !== null && due <= this.#now,
      )
      if (able.length === 0 && messages.length === 0) return
      for (const group of new Set(able.map((one) => one.with))) {
        const theirs = () => this.#ways.filter((one) => one.with === group && this.#can(one))
        for (const step of [...new Set(theirs().map((one) => one.step))].sort()) {
          this.#act(theirs().filter((one) => one.step === step))
          this.#follow()
        }
      }
      this.#deliver()
    }
    throw new Error('It goes round and round')
  }

  /** Those who stand at a step together. */
  #act(those: readonly Inside[]): void {
    const whom = those.filter((one) => !this.#leftByRule(one))
    const [first] = whom
    if (first === undefined) return
    const { step, next } = this.#place(first.step)
    const note = (list: string[]) => {
      for (const _ of whom) list.push(`${step.id}@${new Date(this.#now).toISOString()}`)
    }
    if ('send' in step) {
      for (const one of whom) Object.assign(one, { stands: 'sending', due: this.#now })
      return
    }
    const ways = new Map(whom.map((one) => [one, this.#wayOf(one, step) ?? next]))
    let happened: Happened[] = []
    if ('give' in step) note(this.#walked.gifts)
    if ('tell' in step || 'call' in step) note(this.#walked.acts)
    if ('tag' in step) happened = this.#person.tag(step.tag.add ?? [], step.tag.remove ?? [])
    if ('status' in step) happened = this.#person.setStatus(step.status, true)
    if ('segment' in step) {
      const key = 'put' in step.segment ? step.segment.put : step.segment.take
      happened = whom.flatMap((one) =>
        this.#person.put(key, 'put' in step.segment, one.provider === 0 ? null : one.provider, this.#now),
      )
    }
    for (const it of happened) this.#hear(it)
    for (const [one, to] of ways) if (one.end === null) this.#goTo(one, to)
  }

  /** The first step of the way that one takes; null where there are no ways, or nothing is on this one. */
  #wayOf(one: Inside, step: Step): string | null {
    if ('wait_for' in step) return (one.stands === 'heard' ? step.then : step.else)[0]?.id ?? null
    if ('branch' in step) {
      const way = step.branch.find(({ if: rule }) => this.#holds(rule, one.provider))
      return (way?.then ?? step.else)[0]?.id ?? null
    }
    if (!('split' in step)) return null
    const number = this.#alone.chance(step.id)
    let sum = 0
    const way = step.split.find(({ percent }) => {
      sum += percent
      return number < sum
    })
    return (way ?? step.split.at(-1))?.then[0]?.id ?? null
  }

  /** Messages whose time has come go, or are held: for quiet hours, or since the customer has had enough. */
  #deliver(): void {
    const { quiet, cap, business, turn, released } = this.#alone
    const due = this.#ways.filter((one) => one.end === null && one.stands === 'sending' && (one.due ?? 0) <= this.#now)
    const turns = due.sort((one, other) => turn(one.step, one.provider) - turn(other.step, other.provider))
    for (const one of turns) {
      if (quiet !== null && isBetween(this.#now, quiet.from, quiet.to, business.timeZone)) {
        one.due = released(one.step, one.provider, nextTime(this.#now, quiet.to, undefined, business.timeZone))
        continue
      }
      const lately = this.#sent.filter((at) => cap !== null && at > this.#now - cap.days * DAY)
      if (cap !== null && lately.length >= cap.mails) {
        one.due = (lately.at(-cap.mails) ?? 0) + cap.days * DAY
        continue
      }
      this.#sent.push(this.#now)
      this.#walked.sends.push(`${one.step}@${new Date(this.#now).toISOString()}`)
      this.#goTo(one, this.#place(one.step).next)
    }
  }
}

type Asked = { on: string } & Record<string, unknown>

function fits(on: { readonly on: string }, it: Happened): boolean {
  const asked = on as Asked
  if (asked.on !== it.on) return false
  const about = asked.segment ?? asked.tag ?? asked.name
  if (about !== undefined && about !== it.about) return false
  if (asked.services !== undefined && !(asked.services as string[]).includes(String(it.service))) return false
  return (asked.from ?? it.from) === it.from && (asked.to ?? it.to) === it.to
}

/** What is no provider's concerns every way, and what happens to anybody concerns the whole business. */
const isBetweenThem = (one: Inside, it: Happened) =>
  it.provider === null || one.provider === 0 || one.provider === it.provider

type Placed = { step: Step; next: string | null }

function find(steps: readonly Step[], id: string, after: string | null = null): Placed | undefined {
  for (const [n, step] of steps.entries()) {
    const next = steps[n + 1]?.id ?? after
    if (step.id === id) return { step, next }
    const ways =
      'wait_for' in step
        ? [step.then, step.else]
        : 'branch' in step
          ? [...step.branch.map((way) => way.then), step.else]
          : 'split' in step
            ? step.split.map((way) => way.then)
            : []
    for (const way of ways) {
      const found = find(way, id, next)
      if (found !== undefined) return found
    }
  }
  return undefined
}
