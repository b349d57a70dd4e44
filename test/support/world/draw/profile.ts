import type { NaiveCustomer } from '../../naive/things.ts'
import type { Random } from '../../random.ts'
import { randomDay, randomInstant } from './instants.ts'
import { AGGREGATORS, CHANNELS, GROUPS, TAGS } from './words.ts'

/** A customer's own data, with gaps. */
export function drawProfile(random: Random, id: number, known: boolean, now: Date, timeZone: string): NaiveCustomer {
  const maybe = <Value>(values: readonly Value[]) => (random.chance(0.3) ? null : random.pick(values))
  const dayNear = () => randomDay(random, now, timeZone)
  const attributes = {
    ...(random.chance(0.6) ? { level: random.pick(['beginner', 'Expert', 'expert level', 'x%_']) } : {}),
    ...(random.chance(0.6) ? { visits: random.pick([0, 1, 2.5, 7, -3, '7', true]) } : {}),
    ...(random.chance(0.6) ? { 'has "a" mat': random.pick([true, false, 'true', 1]) } : {}),
    ...(random.chance(0.6) ? { renewal: random.pick([dayNear(), dayNear(), dayNear(), '2026-02-31', 'soon']) } : {}),
  }
  return {
    id,
    known,
    gender: maybe(['female', 'male', 'diverse']),
    language: maybe(['en', 'de', 'it']),
    country: maybe(['DE', 'IT', 'US']),
    customer_group: maybe(GROUPS),
    aggregator: maybe(AGGREGATORS),
    status: random.pick(['lead', 'customer', 'vip']),
    birthdate: maybe([birthdateNear(random, dayNear()), birthdateNear(random, dayNear()), '1996-02-29', '2001-03-01']),
    joinedAt: random.chance(0.3) ? null : randomInstant(random, now),
    attributes: random.chance(0.2) ? null : attributes,
    email: maybe([`c${id}@customers.test`]),
    phone: maybe([`+49170${id}`]),
    consents: Object.fromEntries(
      CHANNELS.filter(() => random.chance(0.6)).map((channel) => [channel, random.chance(0.7)]),
    ),
    tags: TAGS.filter(() => random.chance(0.35)),
  }
}

/** Born in some year, on a day of the year that is near. */
function birthdateNear(random: Random, day: string): string {
  const born = `${random.int(1950, 2015)}${day.slice(4)}`
  // not every year has a 29 February
  return new Date(born).toISOString().startsWith(born) ? born : born.replace('-29', '-28')
}
