import type { Automation, Step } from '../../rules/automations/automation.ts'
import type { Rule } from '../../rules/rule.ts'
import type { Lived } from './naive/automations.ts'

/** Random automations and random lives, from a source of numbers below 1. */
export type Random = () => number

const TAGS = ['a', 'b', 'c']
const EVENTS = ['x', 'y', 'z']
const pick = <One>(random: Random, all: readonly One[]): One => all[Math.floor(random() * all.length)] as One
const whole = (random: Random, from: number, to: number) => from + Math.floor(random() * (to - from + 1))

function randomRule(random: Random): Rule {
  const roll = random()
  if (roll < 0.15) return { not: randomRule(random) }
  if (roll < 0.25) return { all: [randomRule(random), randomRule(random)] }
  if (roll < 0.6) return { fact: 'tag', is: 'any_of', value: [pick(random, TAGS)] }
  if (roll < 0.8) return { fact: 'language', is: 'one_of', value: ['de'] }
  return { fact: 'first_booking', is: 'more_than_ago', value: { days: whole(random, 0, 4) } }
}

const randomHappening = (random: Random) => {
  const roll = random()
  if (roll < 0.5) return { on: 'event', name: pick(random, EVENTS) } as const
  return roll < 0.8 ? ({ on: 'tag_added', tag: pick(random, TAGS) } as const) : ({ on: 'booking_made' } as const)
}

const randomWait = (random: Random) =>
  pick(random, [
    { minutes: whole(random, 1, 300) },
    { hours: whole(random, 1, 60) },
    { days: whole(random, 1, 5) },
  ] as const)

export function randomAutomation(random: Random): Automation {
  let ids = 0
  const waits: string[] = []
  const steps = (depth: number): Step[] =>
    Array.from({ length: whole(random, depth === 0 ? 2 : 0, 4) }, () => step(depth))
  const step = (depth: number): Step => {
    const id = `s${ids++}`
    const roll = depth > 2 ? random() * 0.62 : random()
    if (roll < 0.2) return { id, send: { channel: 'email', template: 'hello' } }
    if (roll < 0.36) {
      const wait = randomWait(random)
      // who is sent back waits for days: else nothing else would happen
      if ('days' in wait) waits.push(id)
      return { id, wait }
    }
    if (roll < 0.43) return { id, wait_until: { at: pick(random, ['09:17', '13:41', '20:03']) } }
    if (roll < 0.5) return { id, give: { kind: 'voucher', amount: 100, days: 30, provider: 'p' } }
    if (roll < 0.58) return { id, tag: { add: [pick(random, TAGS)] } }
    if (roll < 0.6) return { id, end: true }
    const back = waits.at(-1)
    if (roll < 0.63 && back !== undefined) return { id, go_to: back }
    if (roll < 0.75) {
      const branch = Array.from({ length: whole(random, 1, 3) }, () => ({
        if: randomRule(random),
        then: steps(depth + 1),
      }))
      return { id, branch, else: steps(depth + 1) }
    }
    if (roll < 0.82) {
      const share = whole(random, 1, 99)
      return { id, split: [share, 100 - share].map((percent) => ({ percent, then: steps(depth + 1) })) }
    }
    const waitFor = random() < 0.3 ? { rule: randomRule(random) } : randomHappening(random)
    return { id, wait_for: waitFor, at_most: randomWait(random), then: steps(depth + 1), else: steps(depth + 1) }
  }
  const unless = Array.from({ length: whole(random, 0, 2) }, (_, n) => ({
    id: `e${n}`,
    ...(random() < 0.35 ? { rule: randomRule(random) } : { on: randomHappening(random) }),
  }))
  return {
    scope: 'business',
    when: { on: 'event', name: 'go' },
    again: pick(random, ['each', 'never', { after: { days: 3 } }] as const),
    ...(unless.length > 0 ? { unless } : {}),
    ...(random() < 0.3 ? { goal: { on: randomHappening(random) } } : {}),
    then: steps(0),
  }
}

/** Instants are at odd milliseconds, so that no two things happen at one. */
export function randomLife(random: Random, from: Date, days: number): Lived[] {
  const instant = () => new Date(from.getTime() + Math.floor(random() * days * 86_400_000))
  return Array.from({ length: whole(random, 3, 12) }, (): Lived => {
    const at = instant()
    const roll = random()
    if (roll < 0.4) return { at, event: 'go' }
    if (roll < 0.7) return { at, event: pick(random, EVENTS) }
    if (roll < 0.9) return { at, tag: pick(random, TAGS) }
    return { at, booking: instant() }
  })
}
