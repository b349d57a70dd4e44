import type { Day } from '../../rules/time.ts'
import type { Person } from './people.ts'
import type { Random } from './random.ts'
import { FIXED, RECURRING } from './studio.ts'
import type { Calendar } from './visits.ts'

export type Pass = {
  type: string
  recurring: boolean
  validFrom: Day
  validTo: Day | null
  cancelledOn: Day | null
  /** What was paid for it, and on which days from today. */
  price: number
  paidOn: number[]
}

/** The share of each kind of people that has a membership now. */
const MEMBERS: Partial<Record<Person['kind'], number>> = { regular: 0.73, fading: 0.16, lapsed: 0.035, new: 0.06 }

/** One person's memberships: perhaps former ones, perhaps one that is valid now, perhaps cancelled already. */
export function inventPasses(random: Random, person: Person, calendar: Calendar): Pass[] {
  const { habit } = person
  if (habit === null || person.kind === 'lead') return []
  const passes: Pass[] = []
  const member = random.chance(MEMBERS[person.kind] ?? 0)
  const from = Math.min(habit.first + random.between(0, 14), -1)
  if (!member) {
    if (person.kind === 'regular' && random.chance(0.1)) return [ended(random, calendar, from, -random.between(1, 14))]
    if (habit.last - habit.first > 75 && random.chance(0.4)) passes.push(fixed(calendar, FIXED[1], Math.min(from, -80)))
    else if (habit.last < -40 && random.chance(0.35)) passes.push(ended(random, calendar, from, habit.last))
    return passes
  }
  if (from < -450 && random.chance(0.3)) passes.push(fixed(calendar, FIXED[2], from))
  const start = passes.length > 0 ? from + FIXED[2].days : from
  if (random.chance(0.2)) passes.push(annualNow(random, calendar, start))
  else passes.push(recurringNow(random, calendar, start, random.chance(0.07)))
  return passes
}

function fixed(calendar: Calendar, pass: (typeof FIXED)[number], from: number): Pass {
  return {
    type: pass.type,
    recurring: false,
    validFrom: calendar.day(from),
    validTo: calendar.day(from + pass.days - 1),
    cancelledOn: null,
    price: pass.price,
    paidOn: [from],
  }
}

/** A yearly pass that was renewed until it is valid today. */
function annualNow(random: Random, calendar: Calendar, start: number): Pass {
  const [annual] = FIXED
  const from = start < -annual.days + 2 ? start + annual.days : start
  const pass = fixed(calendar, annual, Math.min(from, -1))
  // somebody who tells early that it will be the last one
  return random.chance(0.08) ? { ...pass, cancelledOn: calendar.day(-random.between(1, 12)) } : pass
}

function recurringNow(random: Random, calendar: Calendar, from: number, terminating: boolean): Pass {
  const { type, price } = random.pick(RECURRING)
  const [cancelled, end] = [-random.between(1, 25), random.between(4, 50)]
  return {
    type,
    recurring: true,
    validFrom: calendar.day(from),
    validTo: terminating ? calendar.day(end) : null,
    cancelledOn: terminating ? calendar.day(Math.max(cancelled, from)) : null,
    price,
    paidOn: monthly(from, -1),
  }
}

/** A monthly membership of the past, cancelled some weeks before its end. */
function ended(random: Random, calendar: Calendar, from: number, last: number): Pass {
  const { type, price } = random.pick(RECURRING)
  const end = Math.min(Math.max(last, from + 29), -1)
  return {
    type,
    recurring: true,
    validFrom: calendar.day(from),
    validTo: calendar.day(end),
    cancelledOn: calendar.day(Math.max(from, end - random.between(10, 28))),
    price,
    paidOn: monthly(from, end),
  }
}

function monthly(from: number, to: number): number[] {
  const days: number[] = []
  for (let day = from; day <= to; day += 30) days.push(day)
  return days
}
