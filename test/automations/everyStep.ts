import type { Automation, Happening, Step } from '../../rules/automations/automation.ts'

/** Each happening there is, with and without what may be said of it. */
export const everyHappening: readonly Happening[] = [
  { on: 'enters_segment', segment: 'new-leads' },
  { on: 'leaves_segment', segment: 'new-leads' },
  { on: 'status_changes' },
  { on: 'status_changes', to: 'customer' },
  { on: 'status_changes', from: 'lead' },
  { on: 'status_changes', from: 'lead', to: 'vip' },
  { on: 'tag_added', tag: 'Knie' },
  { on: 'booking_made' },
  { on: 'booking_made', services: ['Yoga', 'Pilates'] },
  { on: 'booking_attended', services: ['Yoga'] },
  { on: 'booking_missed' },
  { on: 'booking_cancelled' },
  { on: 'membership_cancelled' },
  { on: 'membership_cancelled', types: ['Flex'] },
  { on: 'survey_answered', survey: 'why-leave' },
  { on: 'survey_answered', survey: 'why-leave', answers: ['moved', 'no-time'] },
  { on: 'opened', step: 'mail' },
  { on: 'clicked', step: 'mail' },
  { on: 'event', name: 'app.opened' },
  { on: 'reward_used' },
]

const days = { days: 14 }

/** Each kind of step, with and without what may be said of it; their ids are their places. */
export const everyStep: readonly Step[] = [
  { send: { channel: 'sms' as const, text: 'Hello {{ customer.first_name | default: "you" }}' } },
  { send: { channel: 'push' as const, title: 'Hello', text: 'We miss you', url: 'https://example.test/' } },
  {
    send: { channel: 'email' as const, template: 'hello', reward: { kind: 'voucher' as const, amount: 1500, ...days } },
  },
  { wait: { minutes: 1 } },
  { wait: { hours: 5 } },
  { wait: { days: 1 } },
  { wait: { weeks: 2 } },
  { wait_until: { at: '09:00' } },
  { wait_until: { weekdays: ['fri' as const, 'mon' as const], at: '09:00' } },
  ...(['birthday', 'membership_end', 'reward_end'] as const).flatMap((date) => [
    { wait_until: { before: date, days: 3, at: '10:00', at_most: { days: 30 } } },
    { wait_until: { before: date, days: 0, at: '10:00', at_most: { days: 30 } } },
    { wait_until: { after: date, days: 1, at: '10:00', at_most: { weeks: 1 } } },
  ]),
  { wait_for: { rule: { fact: 'status', is: 'one_of', value: ['vip'] } }, at_most: { days: 3 }, then: [], else: [] },
  ...everyHappening.map((happening) => ({ wait_for: happening, at_most: { days: 3 }, then: [], else: [] })),
  {
    branch: [
      { if: { fact: 'booking_count', is: '>=', value: 5 }, then: [{ id: 'one', end: true as const }] },
      { if: { fact: 'membership', is: 'valid' }, then: [] },
    ],
    else: [],
  },
  {
    split: [
      { percent: 70, name: 'Mail', then: [] },
      { percent: 30, then: [] },
    ],
  },
  { give: { kind: 'voucher' as const, amount: 1000, ...days } },
  { give: { kind: 'voucher' as const, percent: 20, ...days } },
  { give: { kind: 'voucher' as const, percent: 20, ceiling: 1550, ...days } },
  { give: { kind: 'free_minutes' as const, minutes: 30, ...days } },
  { tag: { add: ['a', 'b'] } },
  { tag: { remove: ['a'] } },
  { tag: { add: ['a'], remove: ['b'] } },
  { status: 'vip' as const },
  { status: 'automatic' as const },
  { segment: { put: 'new-leads' } },
  { segment: { take: 'new-leads' } },
  { tell: { to: 'provider', subject: 'Anna', text: 'Anna' } },
  { tell: { to: 'desk@example.test', subject: 'Anna', text: 'Anna' } },
  { call: { url: 'https://example.test/hook' } },
].map((work, place): Step => ({ id: `s${place}`, ...work }))

/** An automation that has all of them. */
export const everything: Automation = {
  scope: 'provider',
  when: { on: 'enters_segment', segment: 'new-leads' },
  only: { fact: 'booking_count', is: '>=', value: 3 },
  again: { after: { days: 30 } },
  at_once: true,
  unless: [
    { id: 'x1', on: { on: 'booking_made' } },
    { id: 'x2', rule: { fact: 'unsubscribed', is: 'true' }, on: { on: 'event', name: 'gone' } },
  ],
  goal: { on: { on: 'booking_attended' } },
  holdout: 10,
  then: [
    { id: 'mail', send: { channel: 'email', template: 'hello' } },
    ...everyStep,
    { id: 'back', go_to: 's3' },
    { id: 'end', end: true },
  ],
}
