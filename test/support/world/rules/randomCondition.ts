import type { NaiveRule } from '../../naive/things.ts'
import type { Random } from '../../random.ts'
import { ANSWERS, AUTOMATIONS, CAMPAIGNS, CHANNELS, REWARD_KINDS, STATES, SURVEYS, TEMPLATES } from '../draw/words.ts'
import { dateOperator, duration, numberOperator, perhaps, some, which, window, yesOrNo } from './values.ts'

type Draw = (random: Random) => NaiveRule

const TEXTS = {
  gender: ['female', 'male', 'diverse'],
  status: ['lead', 'customer', 'vip'],
  customer_group: ['STUDENTS', 'seniors', 'nobody'],
  aggregator: ['pass', 'FitPass'],
  language: ['en', 'de', 'fr'],
  country: ['DE', 'IT'],
}

function text(random: Random): NaiveRule {
  const [fact, values] = random.pick(Object.entries(TEXTS))
  const is = random.pick(['one_of', 'none_of', 'set', 'not_set'])
  return is === 'set' || is === 'not_set' ? { fact, is } : { fact, is, value: some(random, values) }
}

function attribute(random: Random): NaiveRule {
  const name = random.pick(['level', 'level', 'visits', 'has "a" mat', 'renewal', 'renewal', 'nothing'])
  const operator = random.pick<Draw>([
    () => ({ is: random.pick(['set', 'not_set', 'true', 'false']) }),
    () => ({
      is: random.pick(['one_of', 'none_of']),
      value: some(random, ['BEGINNER', 'expert', 'x%_', '7', 'true', 'soon']),
    }),
    () => ({ is: random.pick(['contains', 'starts_with']), value: random.pick(['EXP', 'level', '%', '7', '2026-']) }),
    () => numberOperator(random, -3, 8),
    () => dateOperator(random, { known: false }),
  ])(random)
  return { fact: 'attribute', name, ...operator }
}

function birthday(random: Random): NaiveRule {
  if (random.chance(0.2)) return { fact: 'birthday', is: 'month', value: some(random, [1, 2, 3, 6, 10, 12]) }
  const days = random.pick([0, 1, 7, 30, 100, 366])
  return { fact: 'birthday', is: random.pick(['within_next', 'within_last']), value: { days } }
}

const bookingDate: Draw = (random) => ({
  fact: random.pick(['first_booking', 'last_booking', 'next_booking']),
  ...which(random, STATES),
  ...dateOperator(random),
})

const bookingCount: Draw = (random) => ({
  fact: 'booking_count',
  ...which(random, STATES),
  ...perhaps(random, 'within', () => window(random), 0.7),
  ...numberOperator(random, 0, 4),
})

const types = (random: Random) => perhaps(random, 'types', () => some(random, ['FLEX', 'gold']), 0.3)

const membership: Draw = (random) => ({
  fact: 'membership',
  ...types(random),
  is: random.pick(['valid', 'valid_cancelled', 'valid_uncancelled', 'never', 'expired']),
})

const payments: Draw = (random) => {
  const within = perhaps(random, 'within', () => window(random), 0.6)
  return random.chance(0.5)
    ? { fact: 'payment_count', ...within, ...numberOperator(random, 0, 3) }
    : { fact: 'payment_total', ...within, ...numberOperator(random, -1, 4000) }
}

const review: Draw = (random) => ({
  fact: 'latest_review',
  ...(random.chance(0.2) ? { is: random.pick(['set', 'not_set']) } : numberOperator(random, 1, 5)),
})

/** Few at the top of many, so that places are lost to others; at times more than there are. */
export const rank: Draw = (random) => ({
  fact: 'rank',
  by: random.pick(['booking_count', 'booking_count', 'payment_total']),
  ...perhaps(random, 'states', () => some(random, STATES)),
  ...perhaps(random, 'within', () => window(random), 0.6),
  is: random.pick(['top', 'top', 'not_top']),
  value: random.pick([1, 3, 10, 25, 60, 100]),
})

const delivery: Draw = (random) => ({
  fact: 'delivery',
  ...perhaps(random, 'campaign', () => random.pick([...CAMPAIGNS, '4', '1x']), 0.3),
  ...perhaps(random, 'template', () => random.pick(TEMPLATES), 0.15),
  ...perhaps(random, 'automation', () => random.pick(AUTOMATIONS), 0.15),
  ...perhaps(random, 'channel', () => random.pick(CHANNELS), 0.2),
  ...perhaps(random, 'within', () => ({ last: duration(random) }), 0.5),
  is: `${random.pick(['', '', 'not_'])}${random.pick(['sent', 'delivered', 'opened', 'clicked', 'bounced'])}`,
})

function surveyAnswer(random: Random): NaiveRule {
  const is = random.pick(['any_of', 'any_of', 'none_of', 'set', 'not_set'])
  return {
    fact: 'survey_answer',
    survey: random.pick([...SURVEYS, 'nobody-asked']),
    ...perhaps(random, 'within', () => ({ last: duration(random) }), 0.4),
    is,
    ...(is === 'any_of' || is === 'none_of' ? { value: some(random, [...ANSWERS, 'unheard-of']) } : {}),
  }
}

function reward(random: Random): NaiveRule {
  const kind = perhaps(random, 'kind', () => random.pick(REWARD_KINDS))
  const is = random.pick(['usable', 'used', 'expired_unused', 'ends'])
  return is === 'ends'
    ? { fact: 'reward', ...kind, is, value: { within_next: duration(random) } }
    : { fact: 'reward', ...kind, is }
}

const onChannel = (random: Random) => perhaps(random, 'channel', () => random.pick(CHANNELS))

/** Every fact, those that depend on bookings more often. */
const DRAWS: readonly Draw[] = [
  bookingDate,
  bookingDate,
  bookingDate,
  bookingCount,
  bookingCount,
  bookingCount,
  membership,
  (random) => ({ fact: 'membership_end', ...types(random), ...dateOperator(random) }),
  payments,
  payments,
  (random) => ({ fact: 'last_payment', ...dateOperator(random) }),
  (random) => ({
    fact: 'last_interaction',
    ...perhaps(random, 'direction', () => random.pick(['inbound', 'outbound'])),
    ...dateOperator(random),
  }),
  review,
  rank,
  delivery,
  surveyAnswer,
  reward,
  text,
  attribute,
  attribute,
  birthday,
  (random) => ({ fact: 'age', ...numberOperator(random, 10, 70) }),
  (random) => ({ fact: 'joined', ...dateOperator(random) }),
  (random) => ({
    fact: 'tag',
    is: random.pick(['any_of', 'all_of', 'none_of']),
    value: some(random, ['VEGAN', 'early bird', 'unheard of']),
  }),
  (random) => ({ fact: 'favourite', ...yesOrNo(random) }),
  (random) => ({ fact: 'unsubscribed', ...onChannel(random), ...yesOrNo(random) }),
  (random) => ({ fact: 'reachable', ...onChannel(random), ...yesOrNo(random) }),
]

/** One condition out of the whole catalogue but `segment`. */
export const randomCondition = (random: Random): NaiveRule => random.pick(DRAWS)(random)
