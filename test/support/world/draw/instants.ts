import { localDay } from '../../naive/time.ts'
import type { Random } from '../../random.ts'

const DAY = 86_400_000

/** A random moment in the past or the near future; often exactly where an answer changes. */
export function randomInstant(random: Random, now: Date): Date {
  const days = random.pick([0, 1, 7, 13, 14, 15, 29, 30, 31, 60, random.int(0, 400)])
  const at = now.getTime() + (random.chance(0.4) ? 1 : -1) * Math.min(days, 400) * DAY
  if (random.chance(0.15)) return new Date(at)
  if (random.chance(0.2)) {
    // the local midnights of all our zones lie on the half hour
    return new Date(Math.round(at / 1_800_000) * 1_800_000 + random.pick([-1, 0, 0, 1]))
  }
  return new Date(at + random.int(-DAY, DAY))
}

/** A moment that has come. */
export function pastInstant(random: Random, now: Date): Date {
  const at = randomInstant(random, now)
  return at <= now ? at : new Date(2 * now.getTime() - at.getTime())
}

export const randomDay = (random: Random, now: Date, timeZone: string): string =>
  localDay(randomInstant(random, now), timeZone)

/** Two days in their order. */
export function randomPeriod(random: Random, now: Date, timeZone: string): [string, string] {
  const [early, late] = [randomDay(random, now, timeZone), randomDay(random, now, timeZone)].sort()
  return [early ?? '', late ?? '']
}
