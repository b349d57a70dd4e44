import { numberIs } from '../compare.ts'
import type { NaiveInteraction, NaivePayment, NaiveReview, NaiveReward, NaiveRule } from '../things.ts'
import { dayIs, instantIs, isWithin, type NaiveMoment } from '../time.ts'

/** What passed between customer and provider beside bookings: money, reviews, messages, rewards. */

export const paidWithin = (payments: readonly NaivePayment[], { within }: NaiveRule, moment: NaiveMoment): number =>
  payments.filter(({ paidAt }) => isWithin(paidAt, within, moment)).reduce((sum, { amount }) => sum + amount, 0)

export function paymentsAre(payments: readonly NaivePayment[], rule: NaiveRule, moment: NaiveMoment): boolean {
  if (rule.fact === 'payment_total') return numberIs(paidWithin(payments, rule, moment), rule)
  return numberIs(payments.filter(({ paidAt }) => isWithin(paidAt, rule.within, moment)).length, rule)
}

export const lastPaymentIs = (payments: readonly NaivePayment[], rule: NaiveRule, moment: NaiveMoment): boolean =>
  instantIs(
    latest(
      payments.map(({ paidAt }) => paidAt),
      moment,
    ),
    rule,
    moment,
  )

export const lastInteractionIs = (
  interactions: readonly NaiveInteraction[],
  rule: NaiveRule,
  moment: NaiveMoment,
): boolean =>
  instantIs(
    latest(
      interactions
        .filter(({ direction }) => rule.direction === undefined || direction === rule.direction)
        .map(({ at }) => at),
      moment,
    ),
    rule,
    moment,
  )

const latest = (instants: readonly Date[], { now }: NaiveMoment): Date | undefined =>
  instants
    .filter((at) => at <= now)
    .sort((a, b) => a.getTime() - b.getTime())
    .at(-1)

/** The rating of the latest review there is by now; of two at one instant, of the one that arrived later. */
export function latestReviewIs(reviews: readonly NaiveReview[], rule: NaiveRule, { now }: NaiveMoment): boolean {
  const rating = reviews
    .filter(({ at }) => at <= now)
    .sort((a, b) => a.at.getTime() - b.at.getTime() || a.id - b.id)
    .at(-1)?.rating
  if (rule.is === 'set') return rating !== undefined
  if (rule.is === 'not_set') return rating === undefined
  return numberIs(rating ?? null, rule)
}

/** Usable: active, and today is one of its days. What is reserved or was given back is nobody's yet or any more. */
export function rewardIs(rewards: readonly NaiveReward[], rule: NaiveRule, moment: NaiveMoment): boolean {
  const { today } = moment
  const meant = rewards.filter(({ kind }) => rule.kind === undefined || kind === rule.kind)
  const active = meant.filter(({ state }) => state === 'active')
  switch (rule.is) {
    case 'usable':
      return active.some(({ validFrom, validTo }) => validFrom <= today && today <= validTo)
    case 'used':
      return meant.some(({ state }) => state === 'used')
    case 'expired_unused':
      return active.some(({ validTo }) => validTo < today)
    default: {
      const { within_next: value } = rule.value as NaiveRule
      return active.some(({ validTo }) => dayIs(validTo, { is: 'within_next', value }, moment, 'over'))
    }
  }
}
