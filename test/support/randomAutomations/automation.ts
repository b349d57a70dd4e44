import type { Automation, Duration, Exit, Step, Trigger } from '../../../rules/automations/automation.ts'
import type { Business } from '../naive/person.ts'
import type { Random } from '../random.ts'
import { followingHappening, plainHappening, randomRule, SHARED_TAGS, STATUSES, type Words } from './rules.ts'

export type Made = { automation: Automation; words: Words }

const randomWait = (random: Random): Duration =>
  random.pick<Duration>([{ minutes: 720 }, { hours: 12 * random.int(1, 4) }, { days: random.int(1, 3) }])

/**
 * An automation that does something. Those who share a business have words of their own and let only the customers of their
 * group enter, so that each can be walked alone. Where things happen by segments and statuses, its own steps change neither
 * when it can begin again at once: it would go round and round.
 *
 * @param n whose words it uses
 * @param hook where its calls go
 * @param still its steps change nothing that rules ask for
 */
export function randomAutomation(
  random: Random,
  n: number,
  segments: Business['segments'],
  { hook, still = false }: { hook: string; still?: boolean },
): Made {
  const scope = random.chance(0.4) ? 'provider' : 'business'
  const words: Words = {
    tags: [`a${n}`, `b${n}`],
    events: [`x${n}`, `y${n}`],
    service: `service ${n}`,
    scope,
  }
  const usable = segments
  const follows = random.chance(0.3)
  const when = (follows ? followingHappening(random, usable) : randomBeginning(random, words, n)) as Trigger
  const again = random.pick<Automation['again']>(['each', 'each', 'never', { after: { days: random.int(1, 3) } }])
  const drawing: Drawing = {
    ...{ random, words, segments: usable, hook, ids: 0, waits: [] },
    changes: !still && (again !== 'each' || when.on === 'event'),
  }
  const own = { fact: 'customer_group', is: 'one_of', value: [`g${n}`] } as const
  const then = sequence(drawing, 0)
  const unless = randomExits(drawing)
  const goal = random.chance(0.3)
    ? { goal: random.chance(0.5) ? { on: plainHappening(random, words) } : { rule: randomRule(random, words, usable) } }
    : {}
  const automation: Automation = {
    scope,
    when,
    only: random.chance(0.2) ? { all: [own, randomRule(random, words, usable)] } : own,
    again,
    ...(unless.length > 0 ? { unless } : {}),
    ...goal,
    ...(random.chance(0.15) ? { holdout: random.int(10, 50) } : {}),
    then,
  }
  return { automation, words }
}

const randomBeginning = (random: Random, words: Words, n: number): Trigger =>
  random.chance(0.7) ? { on: 'event', name: `go${n}` } : plainHappening(random, words)

type Drawing = {
  random: Random
  words: Words
  segments: Business['segments']
  hook: string
  ids: number
  /** Waits of days: who is sent back there does not come round at the same instant. */
  waits: string[]
  /** Whether steps may change what automations begin by. */
  changes: boolean
}

function randomExits({ random, words, segments }: Drawing): Exit[] {
  let following = random.chance(0.5)
  return Array.from({ length: random.int(0, 2) }, (_, n) => {
    const id = `e${n}`
    if (random.chance(0.3)) return { id, rule: randomRule(random, words, segments) }
    if (!following) return { id, on: plainHappening(random, words) }
    following = false
    return { id, on: followingHappening(random, segments) }
  })
}

const sequence = (drawing: Drawing, depth: number): Step[] =>
  Array.from({ length: drawing.random.int(depth === 0 ? 2 : 0, depth === 0 ? 4 : 3) }, () => randomStep(drawing, depth))

function randomStep(drawing: Drawing, depth: number): Step {
  const { random, waits } = drawing
  const id = `s${drawing.ids++}`
  const roll = depth > 2 ? random.next() * 0.66 : random.next()
  if (roll < 0.2) return { id, send: { channel: 'email', template: 'hello' } }
  if (roll < 0.32) {
    const wait = randomWait(random)
    if ('days' in wait) waits.push(id)
    return { id, wait }
  }
  if (roll < 0.38) return { id, wait_until: randomHour(random) }
  const back = waits.at(-1)
  if (roll < 0.4 && back !== undefined) return { id, go_to: back }
  if (roll < 0.41) return { id, end: true }
  if (roll < 0.66) return randomWork(drawing, id)
  return randomFork(drawing, id, depth)
}

const randomHour = (random: Random) => ({
  at: random.pick(['02:30', '09:17', '13:41', '20:03']),
  ...(random.chance(0.3) ? { weekdays: random.pick([['sun'], ['mon', 'thu'], ['sat', 'sun', 'tue']] as const) } : {}),
})

/** Work of one instant. */
function randomWork({ random, words, segments, hook, changes }: Drawing, id: string): Step {
  const { scope, tags } = words
  const own = scope === 'business' ? { provider: 'p1' } : {}
  const all: (() => Step)[] = [
    () => ({ id, give: { kind: 'voucher', amount: 100, days: 30, ...own } }),
    () => ({ id, tell: { to: 'boss@studio.test', subject: 'Look', text: 'Somebody' } }),
    () => ({ id, call: { url: hook } }),
  ]
  if (changes) {
    const tag = () => random.pick([...tags, ...SHARED_TAGS])
    all.push(
      () => ({ id, tag: random.chance(0.75) ? { add: [tag()] } : { remove: [tag()] } }),
      () => ({ id, tag: random.chance(0.75) ? { add: [tag()] } : { add: [tag()], remove: [tag()] } }),
      () => ({ id, status: random.pick([...STATUSES, 'automatic'] as const) }),
    )
    const key = random.pick(segments.filter((one) => scope === 'provider' || one.scope === 'business')).key
    all.push(() => ({ id, segment: random.chance(0.6) ? { put: key } : { take: key } }))
  }
  return random.pick(all)()
}

function randomFork(drawing: Drawing, id: string, depth: number): Step {
  const { random, words, segments } = drawing
  const way = () => sequence(drawing, depth + 1)
  const roll = random.next()
  if (roll < 0.36) {
    const branch = Array.from({ length: random.int(1, 3) }, () => ({
      if: randomRule(random, words, segments),
      then: way(),
    }))
    return { id, branch, else: way() }
  }
  if (roll < 0.5) {
    const share = random.int(1, 99)
    return { id, split: [share, 100 - share].map((percent) => ({ percent, then: way() })) }
  }
  const waitFor = random.pick([
    () => ({ rule: randomRule(random, words, segments) }),
    () => plainHappening(random, words),
    () => followingHappening(random, segments),
  ])()
  return { id, wait_for: waitFor, at_most: randomWait(random), then: way(), else: way() }
}
