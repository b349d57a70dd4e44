import type { Fact } from '../fact.ts'
import { aggregator } from './aggregator.ts'
import { bookingCount } from './bookingCount.ts'
import { country } from './country.ts'
import { customerGroup } from './customerGroup.ts'
import { firstBooking } from './firstBooking.ts'
import { gender } from './gender.ts'
import { language } from './language.ts'
import { lastBooking } from './lastBooking.ts'
import { membership } from './membership.ts'
import { nextBooking } from './nextBooking.ts'
import { status } from './status.ts'

/** Every fact a rule can ask for, by its name in rules, in the order of the palette. To add one: its file and a line here. */
export const FACTS: Readonly<Record<string, Fact>> = {
  first_booking: firstBooking,
  last_booking: lastBooking,
  next_booking: nextBooking,
  booking_count: bookingCount,
  membership,
  gender,
  language,
  country,
  customer_group: customerGroup,
  aggregator,
  status,
}

/** The fact of that name. Throws for a name that `checkRule` would have refused. */
export function factOf(name: string): Fact {
  const fact = Object.hasOwn(FACTS, name) ? FACTS[name] : undefined
  if (fact === undefined) throw new Error(`No fact: ${name}`)
  return fact
}
