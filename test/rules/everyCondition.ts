import type { Condition } from '../../rules/rule.ts'

const days = { days: 30 }
const texts = (...names: string[]) => names.flatMap((fact) => [{ fact, value: ['x', 'y'] }])
const number = { '=': 3, '!=': 3, '<': 3, '<=': 3, '>': 3, '>=': 3, between: [2, 5] }
const date = {
  within_last: days,
  within_next: days,
  more_than_ago: days,
  more_than_ahead: days,
  before: '2026-03-01',
  after: '2026-03-01',
  on: '2026-03-01',
  set: undefined,
  not_set: undefined,
}
const list = { one_of: ['x', 'y'], none_of: ['x'], set: undefined, not_set: undefined }
const truth = { true: undefined, false: undefined }

/** Every fact of the language with every operator and a value for it. */
const LANGUAGE: ReadonlyArray<[Omit<Condition, 'is'>, Record<string, unknown>]> = [
  ...texts('gender', 'language', 'customer_group', 'aggregator', 'country', 'status').map(
    ({ fact }): [Omit<Condition, 'is'>, Record<string, unknown>] => [{ fact }, list],
  ),
  [
    { fact: 'attribute', name: 'shoe_size' },
    { ...list, ...number, ...date, contains: 'x', starts_with: 'x' },
  ],
  [{ fact: 'age' }, number],
  [{ fact: 'birthday' }, { within_next: days, within_last: days, month: [1, 12] }],
  [{ fact: 'joined' }, date],
  [{ fact: 'first_booking' }, date],
  [{ fact: 'first_booking', states: ['attended'] }, date],
  [{ fact: 'last_booking' }, date],
  [{ fact: 'last_booking', states: ['attended'], services: ['yoga'] }, date],
  [{ fact: 'next_booking' }, date],
  [{ fact: 'booking_count', states: ['no_show'], within: { last: { days: 30 } } }, number],
  [{ fact: 'booking_count', within: { next: { weeks: 2 } } }, number],
  [
    { fact: 'membership', types: ['gold'] },
    {
      valid: undefined,
      valid_cancelled: undefined,
      valid_uncancelled: undefined,
      never: undefined,
      expired: undefined,
    },
  ],
  [{ fact: 'membership_end' }, date],
  [{ fact: 'payment_total', within: { last: { months: 12 } } }, number],
  [{ fact: 'payment_count' }, number],
  [{ fact: 'last_payment' }, date],
  [{ fact: 'last_interaction', direction: 'inbound' }, date],
  [{ fact: 'latest_review' }, { ...number, set: undefined, not_set: undefined }],
  [
    { fact: 'rank', by: 'booking_count' },
    { top: 100, not_top: 100 },
  ],
  [{ fact: 'favourite' }, truth],
  [{ fact: 'unsubscribed' }, truth],
  [{ fact: 'reachable', channel: 'email' }, truth],
  [{ fact: 'tag' }, { any_of: ['x'], all_of: ['x', 'y'], none_of: ['x', 'y'] }],
  [{ fact: 'segment' }, { in: 'new-leads', not_in: 'new-leads' }],
  [
    { fact: 'delivery', campaign: '7', within: { last: { days: 30 } } },
    Object.fromEntries(
      ['sent', 'delivered', 'opened', 'clicked', 'bounced'].flatMap((is) => [
        [is, undefined],
        [`not_${is}`, undefined],
      ]),
    ),
  ],
  [
    { fact: 'survey_answer', survey: 'why-leave', within: { last: { days: 30 } } },
    { any_of: ['no-time'], none_of: ['no-time'], set: undefined, not_set: undefined },
  ],
  [
    { fact: 'reward', kind: 'voucher' },
    { usable: undefined, used: undefined, expired_unused: undefined, ends: days },
  ],
]

/** A condition for each operator of each fact, those that are still to come among them. */
export const everyCondition = LANGUAGE.flatMap(([fact, operators]) =>
  Object.entries(operators).map(
    ([is, value]) => ({ ...fact, is, ...(value === undefined ? {} : { value }) }) as Condition,
  ),
)
