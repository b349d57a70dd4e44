import type { Automation, Step } from '../../../rules/automations/automation.ts'

/**
 * One customer's way through an automation, walked alone and written from the language's text: no cohorts, no tables, no
 * SQL. All times are UTC. It knows the steps and the rules that random automations are made of.
 */

/** Something in a customer's life. */
export type Lived = { at: Date } & ({ event: string } | { tag: string } | { booking: Date })

export type Walked = {
  /** `step@instant` of each message and each reward. */
  sends: string[]
  gifts: string[]
  /** How each way ended, or where it stands: `finished`, `exited x`, `at step`. */
  ends: string[]
  tags: string[]
}

type Condition = { fact: string; is: string; value: unknown }
type Rule = Condition | { all: Rule[] } | { not: Rule }
type Inside = { step: string | null; due: number | null; entered: number }

const MINUTE = 60_000
const DAY = 86_400_000

export function walkAlone(
  automation: Automation,
  { life, language, chance }: { life: readonly Lived[]; language: string; chance: (step: string) => number },
  until: Date,
): Walked {
  const tags = new Set<string>()
  let booking: number | null = null
  let inside: Inside | null = null
  let lastEntered: number | null = null
  const walked: Walked = { sends: [], gifts: [], ends: [], tags: [] }
  const queue = [...life].sort((one, other) => one.at.getTime() - other.at.getTime())

  const holds = (rule: Rule, now: number): boolean => {
    if ('all' in rule) return rule.all.every((part) => holds(part, now))
    if ('not' in rule) return !holds(rule.not, now)
    const values = rule.value as string[]
    if (rule.fact === 'tag') return values.some((tag) => tags.has(tag))
    if (rule.fact === 'language') return values.includes(language)
    // the first booking started on a day more than so many days ago
    const days = (rule.value as { days: number }).days
    return booking !== null && Math.floor(booking / DAY) < Math.floor(now / DAY) - days && booking <= now
  }
  const leave = (how: string) => {
    walked.ends.push(how)
    inside = null
  }
  const leftByRule = (now: number): boolean => {
    for (const { id, rule } of automation.unless ?? []) {
      if (rule === undefined || !holds(rule as Rule, now)) continue
      leave(`exited ${id}`)
      return true
    }
    if (automation.goal?.rule === undefined || !holds(automation.goal.rule as Rule, now)) return false
    leave('goal goal')
    return true
  }
  const goTo = (step: string | null, now: number) => {
    if (inside === null) return
    let at = step
    for (;;) {
      const found = at === null ? undefined : find(automation.then, at)?.step
      if (found === undefined || 'end' in found) return leave('finished')
      if (!('go_to' in found)) {
        inside.step = found.id
        inside.due = dueOf(found, now)
        return
      }
      at = found.go_to
    }
  }
  const hears = (matches: (on: { on: string } & Record<string, unknown>) => boolean): boolean => {
    for (const { id, on } of automation.unless ?? []) {
      if (inside === null || on === undefined || !matches(on)) continue
      leave(`exited ${id}`)
      return true
    }
    if (inside !== null && automation.goal?.on !== undefined && matches(automation.goal.on)) {
      leave('goal goal')
      return true
    }
    return false
  }
  /** Does what can be done at this instant. */
  const run = (now: number) => {
    for (let turns = 0; turns < 1_000; turns++) {
      if (inside === null || leftByRule(now) || inside === null) return
      const here: Inside = inside
      const place = here.step === null ? undefined : find(automation.then, here.step)
      if (place === undefined) return leave('finished')
      const { step, next } = place
      if ('wait_for' in step && 'rule' in step.wait_for && holds(step.wait_for.rule as Rule, now)) {
        goTo(step.then[0]?.id ?? next, now)
        continue
      }
      if (here.due !== null && here.due > now) return
      if ('send' in step) walked.sends.push(`${step.id}@${new Date(now).toISOString()}`)
      if ('give' in step) walked.gifts.push(`${step.id}@${new Date(now).toISOString()}`)
      if ('tag' in step) {
        const fresh = (step.tag.add ?? []).filter((tag) => !tags.has(tag))
        for (const tag of fresh) tags.add(tag)
        if (fresh.some((tag) => hears((on) => on.on === 'tag_added' && on.tag === tag))) return
      }
      if ('wait_for' in step) goTo(step.else[0]?.id ?? next, now)
      else if ('branch' in step) {
        const way = step.branch.find((one) => holds(one.if as Rule, now))
        goTo((way?.then ?? step.else)[0]?.id ?? next, now)
      } else if ('split' in step) {
        let sum = 0
        const number = chance(step.id)
        const way = step.split.find(({ percent }) => {
          sum += percent
          return number < sum
        })
        goTo((way ?? step.split.at(-1))?.then[0]?.id ?? next, now)
      } else goTo(next, now)
    }
    throw new Error('It goes round and round')
  }
  const enter = (now: number) => {
    const { again } = automation
    if (inside !== null || (again === 'never' && lastEntered !== null)) return
    if (typeof again === 'object' && lastEntered !== null && lastEntered + lengthOf(again.after) > now) return
    lastEntered = now
    inside = { step: null, due: null, entered: now }
    if (leftByRule(now)) return
    goTo(automation.then[0]?.id ?? null, now)
  }

  for (let now = 0; ; ) {
    const midnight = (Math.floor(Math.max(now, queue[0]?.at.getTime() ?? 0, now) / DAY) + 1) * DAY
    const due: number | null = (inside as Inside | null)?.due ?? null
    const happens = queue[0]?.at.getTime() ?? null
    const nextMidnight = now === 0 ? midnight : (Math.floor(now / DAY) + 1) * DAY
    const next = Math.min(...[due, happens, nextMidnight].filter((at) => at !== null && at > now).map(Number))
    if (next > until.getTime()) break
    now = next
    const lived = happens === now ? queue.shift() : undefined
    if (lived !== undefined) {
      if ('booking' in lived) booking = Math.min(booking ?? Number.POSITIVE_INFINITY, lived.booking.getTime())
      const isNews = !('tag' in lived) || !tags.has(lived.tag)
      if ('tag' in lived) tags.add(lived.tag)
      const matches = (on: { on: string } & Record<string, unknown>) =>
        isNews &&
        (('event' in lived && on.on === 'event' && on.name === lived.event) ||
          ('tag' in lived && on.on === 'tag_added' && on.tag === lived.tag) ||
          ('booking' in lived && on.on === 'booking_made'))
      if (inside !== null && !hears(matches)) {
        const here: Inside = inside
        const place = here.step === null ? undefined : find(automation.then, here.step)
        if (place !== undefined && 'wait_for' in place.step && 'on' in place.step.wait_for) {
          if (matches(place.step.wait_for)) {
            // exits by rule are looked at first
            if (!leftByRule(now)) goTo(place.step.then[0]?.id ?? place.next, now)
          }
        }
      }
      run(now)
      if ('event' in lived && lived.event === 'go') enter(now)
    }
    run(now)
  }
  const end = inside as Inside | null
  if (end !== null) walked.ends.push(`at ${end.step}`)
  walked.tags = [...tags].sort()
  return walked
}

function find(
  steps: readonly Step[],
  id: string,
  after: string | null = null,
): { step: Step; next: string | null } | undefined {
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

function lengthOf(wait: object): number {
  const { minutes = 0, hours = 0, days = 0, weeks = 0 } = wait as Record<string, number>
  return minutes * MINUTE + hours * 60 * MINUTE + days * DAY + weeks * 7 * DAY
}

function dueOf(step: Step, now: number): number | null {
  if ('wait' in step) return now + lengthOf(step.wait)
  if ('wait_for' in step) return now + lengthOf(step.at_most)
  if ('wait_until' in step && !('days' in step.wait_until)) {
    const [hour = 0, minute = 0] = step.wait_until.at.split(':').map(Number)
    const today = Math.floor(now / DAY) * DAY + (hour * 60 + minute) * MINUTE
    return today >= now ? today : today + DAY
  }
  return null
}
