import { isNamed } from '../compare.ts'
import type { NaiveMembership, NaiveRule } from '../things.ts'
import { dayIs, type NaiveMoment } from '../time.ts'

const ofTypes = (memberships: readonly NaiveMembership[], { types }: NaiveRule) =>
  memberships.filter(({ type }) => isNamed(types, type))

export function membershipIs(
  memberships: readonly NaiveMembership[],
  rule: NaiveRule,
  { today }: NaiveMoment,
): boolean {
  const begun = ofTypes(memberships, rule).filter((one) => one.validFrom <= today)
  const valid = begun.filter((one) => one.validTo === null || today <= one.validTo)
  const cancelled = valid.filter((one) => one.cancelledOn !== null && one.cancelledOn <= today)
  switch (rule.is) {
    case 'valid':
      return valid.length > 0
    case 'valid_cancelled':
      return cancelled.length > 0
    case 'valid_uncancelled':
      return valid.length > cancelled.length
    case 'expired':
      return begun.length > 0 && valid.length === 0
    default:
      return begun.length === 0
  }
}

/** The last valid day of the one that runs longest, over when that day is; one that is open-ended has no end. */
export function membershipEndIs(
  memberships: readonly NaiveMembership[],
  rule: NaiveRule,
  moment: NaiveMoment,
): boolean {
  const ends = ofTypes(memberships, rule).map(({ validTo }) => validTo)
  return dayIs(ends.includes(null) ? null : ends.sort().at(-1), rule, moment, 'over')
}
