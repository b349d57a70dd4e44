import { addDays, type Day, startOfDay } from '../../rules/time.ts'
import type { Habit, Person } from './people.ts'
import type { Random } from './random.ts'
import { PROVIDERS, type Service, STUDIO } from './studio.ts'

export type Visit = {
  /** Days from today. */
  offset: number
  day: Day
  startsAt: Date
  bookedAt: Date
  /** Position in PROVIDERS. */
  provider: number
  service: Service
  state: 'booked' | 'attended' | 'no_show' | 'cancelled'
}

const HOUR = 3_600_000

/** The days around today with the instant of noon, from which the hours of a class are counted whatever the clock change. */
export class Calendar {
  readonly #days = new Map<number, { day: Day; noon: number }>()
  readonly #today: Day

  constructor(today: Day) {
    this.#today = today
  }

  day(offset: number): Day {
    return this.#at(offset).day
  }

  /** An instant on a day from three in the morning on; `hour` may be broken, as in 18.5. */
  instant(offset: number, hour: number): Date {
    return new Date(this.#at(offset).noon + (hour - 12) * HOUR)
  }

  #at(offset: number): { day: Day; noon: number } {
    const known = this.#days.get(offset)
    if (known !== undefined) return known
    const day = addDays(this.#today, offset)
    const at = { day, noon: startOfDay(addDays(day, 1), STUDIO.timeZone).getTime() - 12 * HOUR }
    this.#days.set(offset, at)
    return at
  }
}

const HOURS = [7, 9, 10.5, 12.25, 17, 18.5, 18.5, 20] as const

/** One person's bookings, oldest first, at most one a day; nothing depends on the time of day of `today`. */
export function inventVisits(random: Random, person: Person, calendar: Calendar): Visit[] {
  const { habit } = person
  if (habit === null) return []
  const taste = inventTaste(random)
  const offsets = person.kind === 'lead' ? leadOffsets(random, habit) : offsetsOf(random, person.kind, habit, calendar)
  return [...offsets]
    .sort((a, b) => a[0] - b[0])
    .map(([offset, state]) => {
      // the first visit is planned with more care than the hundredth
      const early = random.between(1, offset === habit.first ? 24 : 12)
      return visit(random, taste, calendar, { offset, early, state })
    })
}

type Taste = { provider: number; other: number; hour: number; service: number }

function inventTaste(random: Random): Taste {
  const popular = PROVIDERS.map(({ weight }, index) => [index, weight] as const)
  const [provider, other] = [random.weighted(popular), random.weighted(popular)]
  return { provider, other, hour: random.pick(HOURS), service: random.between(0, 1) }
}

type Plan = { offset: number; early: number; state: Visit['state'] }

function visit(random: Random, taste: Taste, calendar: Calendar, { offset, early, state }: Plan): Visit {
  const provider = random.chance(0.8) ? taste.provider : taste.other
  const services = PROVIDERS[provider]?.services ?? []
  const service = (random.chance(0.8) ? services[taste.service] : undefined) ?? random.pick(services)
  return {
    offset,
    day: calendar.day(offset),
    startsAt: calendar.instant(offset, random.chance(0.75) ? taste.hour : random.pick(HOURS)),
    // what lies ahead was booked on one of the last days
    bookedAt: calendar.instant(Math.min(offset - early, -random.between(1, 12)), random.between(8, 21)),
    provider,
    service,
    state,
  }
}

/** The days of somebody who has come before, each with what became of the booking. */
function offsetsOf(
  random: Random,
  kind: Person['kind'],
  habit: Habit,
  calendar: Calendar,
): Map<number, Visit['state']> {
  const offsets = new Map<number, Visit['state']>()
  for (let week = habit.first; week <= habit.last; week += 7) {
    const count = random.times(habit.weekly * season(calendar.day(week)))
    for (let index = 0; index < count; index++) {
      const offset = week + random.between(0, 6)
      if (offset <= habit.last) offsets.set(offset, whatBecame(random, offset))
    }
  }
  offsets.set(habit.first, habit.first === 0 ? 'booked' : 'attended')
  if (habit.last < 0) offsets.set(habit.last, 'attended')
  // who comes regularly was there in the last days; what the dice left out is put in
  const lately = [...offsets].some(([offset, state]) => offset < 0 && offset >= -13 && state === 'attended')
  if (kind === 'regular' && !lately) offsets.set(-random.between(1, 12), 'attended')
  if (kind === 'fading' && random.chance(0.3))
    offsets.set(-random.between(1, 13), random.pick(['cancelled', 'no_show']))
  if (habit.ahead) addAhead(random, habit, offsets)
  return offsets
}

/** The nearer the week, the more of it is booked. */
function addAhead(random: Random, habit: Habit, offsets: Map<number, Visit['state']>): void {
  for (const [week, share] of [0.8, 0.45, 0.25, 0.12, 0.05].entries()) {
    const count = random.times(habit.weekly * share)
    for (let index = 0; index < count; index++) {
      offsets.set(week * 7 + random.between(1, 7), random.chance(0.03) ? 'cancelled' : 'booked')
    }
  }
}

function leadOffsets(random: Random, habit: Habit): Map<number, Visit['state']> {
  const offsets = new Map<number, Visit['state']>([[habit.first, 'booked']])
  if (random.chance(0.35)) offsets.set(habit.first + random.between(1, 7), 'booked')
  return offsets
}

function whatBecame(random: Random, offset: number): Visit['state'] {
  if (offset === 0) return 'booked'
  return random.weighted<Visit['state']>([
    ['attended', 89],
    ['no_show', 4],
    ['cancelled', 7],
  ])
}

/** Fewer come in the summer holidays and hardly anybody between the years; January is full. */
function season(day: Day): number {
  const [month, date] = [day.slice(5, 7), day.slice(8)]
  if (month === '12' && date > '22') return 0.25
  if (month === '07' || month === '08') return 0.75
  return month === '01' ? 1.2 : 1
}
