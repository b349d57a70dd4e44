import type { Happening } from '../../../rules/automations/automation.ts'
import type { Rule, Scope } from '../../../rules/rule.ts'
import type { Business } from '../naive/person.ts'
import type { Random } from '../random.ts'

/** What rules and happenings of one automation may name: its own words, and what the whole business shares. */
export type Words = { tags: readonly string[]; events: readonly string[]; service: string; scope: Scope }

/** Of the whole business: segments and statuses ask for them, every automation may put them on. */
export const SHARED_TAGS = ['shared', 'gold'] as const
export const PROVIDERS = [1, 2, 3] as const
export const STATUSES = ['lead', 'customer', 'vip'] as const

export function randomRule(random: Random, words: Words, segments: Business['segments']): Rule {
  const roll = random.next()
  const again = () => randomRule(random, words, segments)
  if (roll < 0.12) return { not: again() }
  if (roll < 0.22) return { [random.pick(['all', 'any'])]: [again(), again()] } as Rule
  if (roll < 0.48) return { fact: 'tag', is: 'any_of', value: [random.pick([...words.tags, ...SHARED_TAGS])] }
  if (roll < 0.58) return { fact: 'language', is: 'one_of', value: ['de'] }
  if (roll < 0.68) return { fact: 'status', is: 'one_of', value: [random.pick(STATUSES)] }
  if (roll < 0.8) return bookingRule(random)
  const segment = segments.length === 0 ? undefined : random.pick(segments)
  if (segment === undefined) return bookingRule(random)
  return { fact: 'segment', is: random.pick(['in', 'not_in']), value: segment.key }
}

const bookingRule = (random: Random): Rule =>
  random.pick<() => Rule>([
    () => ({ fact: 'first_booking', is: 'more_than_ago', value: { days: random.int(0, 3) } }),
    () => ({ fact: 'last_booking', is: 'within_last', value: { days: random.int(0, 2) } }),
    () => ({ fact: 'booking_count', is: '>=', value: random.int(1, 2) }),
    () => ({ fact: 'booking_count', states: ['attended'], is: '>=', value: 1 }),
  ])()

/** Something that happens at once, in the transaction of what is done. */
export function plainHappening(random: Random, { events, tags, service }: Words): Happening {
  const roll = random.next()
  if (roll < 0.4) return { on: 'event', name: random.pick(events) }
  if (roll < 0.65) return { on: 'tag_added', tag: random.pick([...tags, ...SHARED_TAGS]) }
  const on = random.pick(['booking_made', 'booking_attended', 'booking_missed', 'booking_cancelled'] as const)
  return random.chance(0.6) ? { on, services: [service] } : { on }
}

/** Something that follows from others: of several that come at once nothing says which one is first. */
export function followingHappening(random: Random, segments: Business['segments']): Happening {
  if (segments.length > 0 && random.chance(0.6)) {
    return { on: random.pick(['enters_segment', 'leaves_segment']), segment: random.pick(segments).key }
  }
  return {
    on: 'status_changes',
    ...(random.chance(0.3) ? { from: random.pick(STATUSES) } : {}),
    ...(random.chance(0.6) ? { to: random.pick(STATUSES) } : {}),
  }
}

/** Segments of the business and of each provider; the later ones ask for earlier ones. */
export function randomSegments(random: Random): Business['segments'] {
  const segments: { key: string; scope: Scope; rule: { [key: string]: unknown } }[] = []
  for (let n = 0; n < 6; n++) {
    const scope = n % 3 === 2 ? 'provider' : 'business'
    const words: Words = { tags: SHARED_TAGS, events: [], service: '', scope }
    const usable = segments.filter((one) => scope === 'provider' || one.scope === 'business')
    const rule = n % 3 === 2 ? bookingRule(random) : randomRule(random, words, usable)
    segments.push({ key: `segment-${n}`, scope, rule: rule as { [key: string]: unknown } })
  }
  return segments
}

/** How statuses follow from what is known; by the first, everybody with a booking is a customer. */
export const STATUS_RULES = [
  { from: 'lead', to: 'customer', rule: { fact: 'booking_count', is: '>=', value: 1 } },
  { from: 'customer', to: 'vip', rule: { fact: 'tag', is: 'any_of', value: ['gold'] } },
] as const
