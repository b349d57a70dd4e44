import type { Fact } from '../fact.ts'
import { age } from './age.ts'
import { aggregator } from './aggregator.ts'
import { attribute } from './attribute.ts'
import { birthday } from './birthday.ts'
import { bookingCount } from './bookingCount.ts'
import { country } from './country.ts'
import { customerGroup } from './customerGroup.ts'
import { delivery } from './delivery.ts'
import { favourite } from './favourite.ts'
import { firstBooking } from './firstBooking.ts'
import { gender } from './gender.ts'
import { joined } from './joined.ts'
import { language } from './language.ts'
import { lastBooking } from './lastBooking.ts'
import { lastInteraction } from './lastInteraction.ts'
import { lastPayment } from './lastPayment.ts'
import { latestReview } from './latestReview.ts'
import { membership } from './membership.ts'
import { membershipEnd } from './membershipEnd.ts'
import { nextBooking } from './nextBooking.ts'
import { paymentCount } from './paymentCount.ts'
import { paymentTotal } from './paymentTotal.ts'
import { rank } from './rank.ts'
import { reachable } from './reachable.ts'
import { reward } from './reward.ts'
import { segment } from './segment.ts'
import { status } from './status.ts'
import { surveyAnswer } from './surveyAnswer.ts'
import { tag } from './tag.ts'
import { unsubscribed } from './unsubscribed.ts'

/** Every fact a rule can ask for, by its name in rules, in the order of the palette. To add one: its file and a line here. */
export const FACTS: Readonly<Record<string, Fact>> = {
  first_booking: firstBooking,
  last_booking: lastBooking,
  next_booking: nextBooking,
  booking_count: bookingCount,
  rank,
  membership,
  membership_end: membershipEnd,
  payment_total: paymentTotal,
  payment_count: paymentCount,
  last_payment: lastPayment,
  latest_review: latestReview,
  last_interaction: lastInteraction,
  delivery,
  survey_answer: surveyAnswer,
  reachable,
  unsubscribed,
  gender,
  age,
  birthday,
  joined,
  language,
  country,
  customer_group: customerGroup,
  aggregator,
  status,
  favourite,
  tag,
  attribute,
  segment,
  reward,
}

/** The fact of that name. Throws for a name that `checkRule` would have refused. */
export function factOf(name: string): Fact {
  const fact = Object.hasOwn(FACTS, name) ? FACTS[name] : undefined
  if (fact === undefined) throw new Error(`No fact: ${name}`)
  return fact
}
