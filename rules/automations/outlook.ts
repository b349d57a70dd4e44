import type { Automation, Step } from './automation.ts'
import { after, nextAt } from './instants.ts'
import { waysOf } from './steps.ts'

/** What one customer can expect of an automation, whichever ways they go; jumps back are not followed. */
export type Outlook = {
  /** When the first message could go; null when there is none. */
  firstMessageAt: Date | null
  messages: { least: number; most: number }
  /** What the gifts on the dearest way cost; null where one of them has no known price. */
  cost: number | null
}

/** The least and the most that comes of some ways. */
type Range = { readonly least: number; readonly most: number; readonly cost: number | null }

/** What comes of a sequence: for those who go on after it, from when on at the earliest, and for those whose way ends in it. */
type Part = {
  readonly first: Date | null
  readonly on: (Range & { readonly at: Date }) | null
  readonly done: Range | null
}

/**
 * What somebody who enters at an instant can expect at least and at most.
 *
 * @param costOf what the gift of a step costs; null where nobody knows
 */
export function outlookOf(
  { then }: Automation,
  enters: Date,
  timeZone: string,
  costOf: (step: string) => number | null,
): Outlook {
  const { first, on, done } = partOf(then, enters, { timeZone, costOf })
  const { least, most, cost } = either(on, done) ?? { least: 0, most: 0, cost: 0 }
  return { firstMessageAt: first, messages: { least, most }, cost }
}

type Known = { timeZone: string; costOf: (step: string) => number | null }

function partOf(steps: readonly Step[], from: Date, known: Known): Part {
  let at = from
  let first: Date | null = null
  let on: Range = { least: 0, most: 0, cost: 0 }
  let done: Range | null = null
  for (const step of steps) {
    if ('end' in step || 'go_to' in step) return { first, on: null, done: either(on, done) }
    if ('send' in step) {
      first ??= at
      on = { ...on, least: on.least + 1, most: on.most + 1 }
    }
    if ('give' in step || ('send' in step && step.send.reward !== undefined)) {
      on = { ...on, cost: sum(on.cost, known.costOf(step.id)) }
    }
    if ('wait' in step) at = after(at, step.wait, known.timeZone)
    // a date may be today
    if ('wait_until' in step && !('at_most' in step.wait_until)) at = nextAt(at, step.wait_until, known.timeZone)
    const ways = waysOf(step)
    if (ways.length === 0) continue
    const came = at
    const base = on
    const parts = ways.map(({ name, steps: inside }) => partOf(inside, arrival(step, name, came, known), known))
    first ??= earliest(parts.map((part) => part.first))
    for (const part of parts) done = either(done, part.done === null ? null : both(base, part.done))
    const going = parts.flatMap((part) => (part.on === null ? [] : [part.on]))
    const next = going.reduce<Range | null>((range, one) => either(range, both(base, one)), null)
    if (next === null) return { first, on: null, done }
    on = next
    // the fastest of those who go on
    at = earliest(going.map((one) => one.at)) ?? came
  }
  return { first, on: { ...on, at }, done }
}

/** When somebody comes to a way: who waits for something may have it at once, or not at all. */
const arrival = (step: Step, way: string, at: Date, { timeZone }: Known): Date =>
  'wait_for' in step && way === 'else' ? after(at, step.at_most, timeZone) : at

const both = (one: Range, other: Range): Range => ({
  least: one.least + other.least,
  most: one.most + other.most,
  cost: sum(one.cost, other.cost),
})

function either(one: Range | null, other: Range | null): Range | null {
  if (one === null || other === null) return one ?? other
  return {
    least: Math.min(one.least, other.least),
    most: Math.max(one.most, other.most),
    cost: one.cost === null || other.cost === null ? null : Math.max(one.cost, other.cost),
  }
}

const earliest = (instants: readonly (Date | null)[]): Date | null =>
  instants.reduce<Date | null>((first, at) => (at !== null && (first === null || at < first) ? at : first), null)

const sum = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? null : one + other
