import type { Condition } from '../rule.ts'

/** How a condition is said in a sentence: as it is or as its opposite (`not`), and by which operator's words. */
type Saying = { readonly kind: 'clause' | 'not'; readonly operator: string }

/** Operators that say the opposite of another one: `none_of` is said as “not one of”. */
const OPPOSITES: Readonly<Record<string, string>> = {
  none_of: 'one_of',
  not_set: 'set',
  not_top: 'top',
  not_in: 'in',
  false: 'true',
  not_sent: 'sent',
  not_delivered: 'delivered',
  not_opened: 'opened',
  not_clicked: 'clicked',
  not_bounced: 'bounced',
}

/**
 * Comparisons and what holds when they don't. Only said so of numbers that everybody has: of an age that is not known
 * neither “at least 30” holds nor “less than 30”.
 */
const INVERSES: Readonly<Record<string, string>> = { '<': '>=', '<=': '>', '>': '<=', '>=': '<', '=': '!=', '!=': '=' }
const EVERYBODY_HAS = ['booking_count', 'payment_count', 'payment_total']
const WHOLE = ['booking_count', 'payment_count']

/** In which words a condition, or with `negated` its opposite, is said: “have no bookings” for exactly 0 of them. */
export function sayingOf(condition: Condition, negated: boolean): Saying {
  if (EVERYBODY_HAS.includes(condition.fact)) return sayingOfNumber(condition, negated)
  const opposite = oppositeOf(condition)
  return {
    kind: negated === (opposite === undefined) ? 'not' : 'clause',
    operator: opposite ?? plainOperator(condition),
  }
}

/** An attribute that is not known is neither yes nor no, so that one is not the other's opposite. */
function oppositeOf({ fact, is }: Condition): string | undefined {
  if ((fact === 'tag' || fact === 'survey_answer') && is === 'none_of') return 'any_of'
  return fact === 'attribute' && is === 'false' ? undefined : OPPOSITES[is]
}

/** All of one tag is that tag. */
function plainOperator({ is, value }: Condition): string {
  return is === 'all_of' && Array.isArray(value) && value.length === 1 ? 'any_of' : is
}

function sayingOfNumber({ fact, is, value }: Condition, negated: boolean): Saying {
  const inverse = negated ? INVERSES[is] : is
  if (inverse === undefined) return { kind: 'not', operator: is }
  const whole = WHOLE.includes(fact)
  const nothing = (inverse === '=' && value === 0) || (whole && inverse === '<=' && value === 0)
  if (nothing || (whole && inverse === '<' && value === 1)) return { kind: 'clause', operator: 'none' }
  if ((inverse === '!=' || inverse === '>') && value === 0) return { kind: 'not', operator: 'none' }
  return inverse === '!=' ? { kind: 'not', operator: '=' } : { kind: 'clause', operator: inverse }
}
