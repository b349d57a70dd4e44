/** What the oracle knows: the business's things as they are described, without anything derived from them. */

export type NaiveCustomer = {
  id: number
  known: boolean
  gender: string | null
  language: string | null
  country: string | null
  customer_group: string | null
  aggregator: string | null
  status: string
  /** A day. */
  birthdate: string | null
  joinedAt: Date | null
  attributes: Readonly<Record<string, string | number | boolean>> | null
  email: string | null
  phone: string | null
  /** What was said for each channel that anything was said for. */
  consents: Readonly<Record<string, boolean>>
  tags: readonly string[]
}

type Between = { customer: number; provider: number | null; deleted: boolean }

export type NaiveBooking = Between & { startsAt: Date; state: string; service: string | null }
export type NaiveMembership = Between & {
  type: string | null
  validFrom: string
  validTo: string | null
  cancelledOn: string | null
}
export type NaivePayment = Between & { paidAt: Date; amount: number }
/** `id` grows in the order of arrival. */
export type NaiveReview = Between & { id: number; at: Date; rating: number }
export type NaiveInteraction = Between & { at: Date; direction: string }
export type NaiveFavourite = { customer: number; provider: number }
/** `validFrom` and `validTo` are days; both count. */
export type NaiveReward = {
  customer: number
  provider: number
  kind: string
  state: string
  validFrom: string
  validTo: string
}
/** `provider` null for the whole business. */
export type NaiveSuppression = {
  customer: number
  provider: number | null
  channel: string
  /** `all`, or the one kind of mail that is not wanted. */
  kind: string
  reason: string
  address: string | null
}
export type NaiveDelivery = {
  customer: number
  campaign: string
  template: string | null
  automation: string | null
  channel: string
  test: boolean
  /** When each step was reached. */
  sent: Date | null
  delivered: Date | null
  opened: Date | null
  clicked: Date | null
  bounced: Date | null
}

export type NaiveAnswer = {
  customer: number
  survey: string
  answer: string
  at: Date
  /** When another answer took its place. */
  replaced: Date | null
}

/** Everything that is known about one customer. */
export type NaivePerson = {
  customer: NaiveCustomer
  bookings: readonly NaiveBooking[]
  memberships: readonly NaiveMembership[]
  payments: readonly NaivePayment[]
  reviews: readonly NaiveReview[]
  interactions: readonly NaiveInteraction[]
  favourites: readonly NaiveFavourite[]
  rewards: readonly NaiveReward[]
  suppressions: readonly NaiveSuppression[]
  deliveries: readonly NaiveDelivery[]
  answers: readonly NaiveAnswer[]
}

/** A rule as its JSON. */
export type NaiveRule = { readonly [key: string]: unknown }

export type NaiveSegment = {
  key: string
  scope: 'business' | 'provider'
  rule: NaiveRule
  /** Who was put in (true) or taken out (false) by hand: by `naivePair`. */
  byHand: ReadonlyMap<string, boolean>
}

/** Everybody and everything: what one customer's answer may depend on. */
export type NaiveWorld = {
  people: ReadonlyMap<number, NaivePerson>
  /** Providers that were named and have not arrived, or have gone. */
  waitingProviders: ReadonlySet<number>
  providers: readonly number[]
  segments: ReadonlyMap<string, NaiveSegment>
  timeZone: string
}

/** One customer with one provider, or with the whole business (null), as the name of both. */
export const naivePair = (provider: number | null, customer: number): string => `${provider ?? 0} ${customer}`
