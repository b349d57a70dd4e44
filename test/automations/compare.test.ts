import { expect, test } from '@jest/globals'
import type { Automation } from '../../rules/automations/automation.ts'
import { compareAutomations } from '../../rules/automations/compare.ts'
import { automationChangesInWords } from '../../rules/automations/words/differenceWords.ts'
import { automationsEn } from '../../rules/automations/words/en.ts'
import { en } from '../../rules/words.ts'
import { everything } from './everyStep.ts'

const words = { messages: { ...en, ...automationsEn }, locale: 'en', currency: 'EUR' }
const vip = { fact: 'status', is: 'one_of', value: ['vip'] }
const member = { fact: 'membership', is: 'valid' }

const BEFORE: Automation = {
  scope: 'business',
  when: { on: 'enters_segment', segment: 'slipping-away' },
  again: 'never',
  unless: [{ id: 'back', on: { on: 'booking_made' } }],
  then: [
    { id: 'mail', send: { channel: 'email', template: 'we-miss-you' } },
    { id: 'week', wait: { days: 7 } },
    {
      id: 'fork',
      branch: [
        { if: vip, then: [{ id: 'tag', tag: { add: ['a'] } }] },
        { if: member, then: [{ id: 'tag2', tag: { add: ['b'] } }] },
      ],
      else: [],
    },
  ],
}

const said = (after: Automation, before = BEFORE) =>
  automationChangesInWords(compareAutomations(before, after), { before, after }, words)

test('nothing changed in what is the same, however its members are ordered', () => {
  const { then, ...rest } = everything
  expect(compareAutomations(everything, { then, ...rest } as Automation)).toEqual([])
})

test('what was done is said as a person would', () => {
  const [mail, , fork] = BEFORE.then
  if (mail === undefined || fork === undefined || !('branch' in fork)) throw new Error('It has them')
  expect(
    said({
      ...BEFORE,
      when: { on: 'enters_segment', segment: 'inactive' },
      only: vip,
      again: { after: { days: 30 } },
      unless: [{ id: 'gone', rule: { fact: 'unsubscribed', is: 'true' } }],
      holdout: 10,
      then: [mail, { id: 'week', wait: { days: 10 } }, { id: 'sms', send: { channel: 'sms', text: 'hi' } }, fork],
    }),
  ).toEqual([
    '“When customers enter “slipping-away”” becomes “When customers enter “inactive”, and only those who have the status VIP”',
    '“wait 7 days” becomes “wait 10 days”',
    'added: “send the SMS “hi””',
    'added: “Unless they are among the customers who unsubscribed: then they leave at once”',
    '“Each customer enters once” becomes “Again at the earliest 30 days after they last entered”',
    'added: “10 % get nothing, to compare with”',
    'removed: “Unless they make a booking: then they leave at once”',
  ])
})

test('moved is what is elsewhere, and no more than has to be', () => {
  const [mail, week, fork] = BEFORE.then
  if (mail === undefined || week === undefined || fork === undefined || !('branch' in fork))
    throw new Error('It has them')
  expect(said({ ...BEFORE, then: [week, mail, fork] })).toEqual(['moved: “send the email “we-miss-you””'])
  expect(said({ ...BEFORE, then: [mail, { ...fork, else: [week] }] })).toEqual(['moved: “wait 7 days”'])
  // a way that is put before the others moves nobody
  const first = { if: { fact: 'booking_count', is: '>=', value: 5 }, then: [] }
  expect(said({ ...BEFORE, then: [mail, week, { ...fork, branch: [first, ...fork.branch] }] })).toEqual([
    '“branch by a rule (who have the status VIP; otherwise, who have a valid membership; everybody else)” becomes ' +
      '“branch by a rule (who have at least 5 bookings; otherwise, who have the status VIP; otherwise, who have a valid membership; everybody else)”',
  ])
})

test('of a long message that was changed, what differs is said', () => {
  const text = (end: string) => `${'Come back soon. '.repeat(40)}${end}`
  const sms = (end: string): Automation => ({
    ...BEFORE,
    then: [{ id: 'sms', send: { channel: 'sms', text: text(end) } }],
  })
  const [line = '', ...rest] = said(sms('Anna'), sms('Your studio'))
  expect(rest).toEqual([])
  expect(line).toMatch(/^“….*Your studio” becomes “….*Anna”$/)
})
