import { addDays, type Day } from '../../rules/time.ts'
import { type Mistake, Problem } from '../errors.ts'
import type { AskedReward, Reward } from './reward.ts'

/** The longest time for which a reward may hold, in days: two years. */
const LONGEST = 731

/**
 * Checks what a schema can't: that a reward has one size, and a period that is not over when its message goes out.
 *
 * @param sendsOn the local day on which the message goes out, as far as that is known, or on which it is given by hand
 * @param place where it stands in the request
 * @throws Problem 'invalid' with the path of each mistake
 */
export function checkReward(asked: AskedReward, sendsOn: Day, place = '/reward'): Reward {
  const found = [...(asked.kind === 'voucher' ? sizeMistakes(asked) : []), ...periodMistakes(asked, sendsOn)]
  const mistakes = found.map(({ path, message }) => ({ path: `${place}${path}`, message }))
  const [first] = mistakes
  if (first !== undefined) throw new Problem('invalid', first.message, mistakes)
  const { kind, valid_from = null, valid_to = null, valid_days = null } = asked
  const period = { valid_from, valid_to, valid_days }
  const nothing = { amount: null, percent: null, ceiling: null, minutes: null }
  if (kind === 'free_minutes') return { kind, ...nothing, minutes: asked.minutes, ...period }
  const { amount = null, percent = null, ceiling = null } = asked
  return { kind, ...nothing, amount, percent, ceiling, ...period }
}

const at = (field: string, message: string): Mistake => ({ path: `/${field}`, message })

function sizeMistakes({ amount, percent, ceiling }: Extract<AskedReward, { kind: 'voucher' }>): Mistake[] {
  if (amount === undefined && percent === undefined) return [at('amount', 'A voucher has an amount or a percentage')]
  if (amount !== undefined && percent !== undefined) {
    return [at('percent', 'A voucher has an amount or a percentage, not both')]
  }
  if (amount !== undefined && ceiling !== undefined) {
    return [at('ceiling', 'Only a percentage has a ceiling; an amount is its own')]
  }
  return []
}

function periodMistakes({ valid_from: from, valid_to: to, valid_days: days }: AskedReward, sendsOn: Day): Mistake[] {
  if (days !== undefined) {
    const other = from !== undefined ? 'valid_from' : to !== undefined ? 'valid_to' : null
    return other === null ? [] : [at(other, 'The period is days from the day of sending or two days, not both')]
  }
  if (to === undefined) return [at('valid_to', 'Say until when it can be used: a last day, or a number of days')]
  if (to < sendsOn) return [at('valid_to', `It would be over before the message goes out, on ${sendsOn}`)]
  if (from !== undefined && from > to) return [at('valid_to', 'The last day is before the first')]
  const begins = from ?? sendsOn
  if (begins > addDays(sendsOn, LONGEST - 1)) {
    return [at('valid_from', `It begins at most ${LONGEST} days after the message goes out`)]
  }
  if (to > addDays(begins, LONGEST - 1)) return [at('valid_to', `A reward holds for at most ${LONGEST} days`)]
  return []
}
