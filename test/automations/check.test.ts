import { describe, expect, test } from '@jest/globals'
import type { Automation } from '../../rules/automations/automation.ts'
import { checkAutomation } from '../../rules/automations/check.ts'
import { stepsOf, Walk } from '../../rules/automations/steps.ts'

const SLIPPING: Automation = {
  scope: 'business',
  when: { on: 'enters_segment', segment: 'slipping-away' },
  again: { after: { days: 90 } },
  unless: [{ id: 'back', on: { on: 'booking_made' } }],
  goal: { rule: { fact: 'next_booking', is: 'set' } },
  holdout: 10,
  then: [
    { id: 'miss-you', send: { channel: 'email', template: 'we-miss-you' } },
    { id: 'week', wait: { weeks: 1 } },
    {
      id: 'kind',
      branch: [
        {
          if: { fact: 'status', is: 'one_of', value: ['vip'] },
          then: [{ id: 'gift', give: { kind: 'free_minutes', minutes: 30, days: 30, provider: 'studio' } }],
        },
      ],
      else: [],
    },
    {
      id: 'clicked',
      wait_for: { on: 'clicked', step: 'miss-you' },
      at_most: { days: 3 },
      then: [{ id: 'tagged', tag: { add: ['curious'] } }],
      else: [{ id: 'again', go_to: 'week' }],
    },
    { id: 'done', end: true },
  ],
}

const mistakesIn = (change: object) => checkAutomation({ ...SLIPPING, ...change }).mistakes

describe('an automation', () => {
  test('that is right comes back as it is', () => {
    expect(checkAutomation(SLIPPING)).toEqual({ automation: SLIPPING })
  })

  test.each([
    ['no object', [], '', /object with scope, when/],
    ['no name of a happening', { ...SLIPPING, when: { on: 'enters_segmnt' } }, '/when/on', /mean “enters_segment”/],
    ['a happening that is none at the beginning', { ...SLIPPING, when: { on: 'opened', step: 'a' } }, '/when/on', /no/],
    ['a member too many', { ...SLIPPING, thn: [] }, '/thn', /Did you mean “then”/],
    ['a rule with a mistake', { ...SLIPPING, only: { fact: 'statu', is: 'set' } }, '/only/fact', /mean “status”/],
    ['a wait without a unit', { ...SLIPPING, then: [{ id: 'a', wait: { day: 1 } }] }, '/then/0/wait', /"days": n/],
    ['a step that does nothing', { ...SLIPPING, then: [{ id: 'a', sned: {} }] }, '/then/0', /mean “send”/],
    [
      'an SMS without its text',
      { ...SLIPPING, then: [{ id: 'a', send: { channel: 'sms', template: 'hello' } }] },
      '/then/0/send/text',
      /missing/,
    ],
    [
      'a notification that is too long',
      { ...SLIPPING, then: [{ id: 'a', send: { channel: 'push', title: 'Hi', text: 'a'.repeat(501) } }] },
      '/then/0/send/text',
      /1 to 500 characters/,
    ],
    [
      'a channel that is none',
      { ...SLIPPING, then: [{ id: 'a', send: { channel: 'smss', text: 'a' } }] },
      '/then/0/send/channel',
      /mean “sms”/,
    ],
    ['a step that does two things', { ...SLIPPING, then: [{ id: 'a', end: true, wait: 1 }] }, '/then/0', /together/],
    ['a step without an id', { ...SLIPPING, then: [{ end: true }] }, '/then/0/id', /missing/],
    ['an exit without a reason', { ...SLIPPING, unless: [{ id: 'x' }] }, '/unless/0', /neither a rule/],
    ['a segment in the wrong place', { ...SLIPPING, then: [{ id: 'a', segment: {} }] }, '/then/0/segment/put', /miss/],
  ])('with %s says where and what is allowed', (_what, json, path, message) => {
    const { mistakes } = checkAutomation(json)
    expect(mistakes).toContainEqual(expect.objectContaining({ path, message: expect.stringMatching(message) }))
  })

  test('refers to steps that are there, and to messages where one is read', () => {
    const then = [
      { id: 'a', wait: { days: 1 } },
      { id: 'a', go_to: 'b' },
      { id: 'c', wait_for: { on: 'opened', step: 'a' }, at_most: { days: 1 }, then: [], else: [] },
    ]
    expect(mistakesIn({ then })?.map(({ path }) => path)).toEqual([
      '/then/1/id',
      '/then/1/go_to',
      '/then/2/wait_for/step',
    ])
  })

  test('splits a hundred percent, and gives rewards of a provider', () => {
    const ways = [10, 20].map((percent) => ({ percent, then: [] }))
    const then = [
      { id: 'a', split: ways },
      { id: 'b', give: { kind: 'voucher', amount: 500, days: 3 } },
    ]
    expect(mistakesIn({ then })?.map(({ path }) => path)).toEqual(['/then/0/split', '/then/1/give/provider'])
    const paths = mistakesIn({ scope: 'provider' })?.map(({ path }) => path)
    expect(paths).toEqual(['/then/2/branch/0/then/0/give/provider'])
  })

  test('has a bounded number of steps, however deep', () => {
    const many = Array.from({ length: 201 }, (_, n) => ({ id: `s${n}`, end: true }))
    expect(mistakesIn({ then: many })).toHaveLength(1)
    let deep: unknown[] = [{ id: 'x', end: true }]
    for (let n = 0; n < 5_000; n++) deep = [{ id: `s${n}`, branch: [{ if: { all: [] }, then: deep }], else: [] }]
    expect(mistakesIn({ then: deep })?.length).toBeGreaterThan(0)
  })
})

describe('the way through', () => {
  const walk = new Walk(SLIPPING)

  test('goes through ways and on after them', () => {
    expect(stepsOf(SLIPPING).map(({ step, path, next }) => [step.id, path, next])).toEqual([
      ['miss-you', '/then/0', 'week'],
      ['week', '/then/1', 'kind'],
      ['kind', '/then/2', 'clicked'],
      ['gift', '/then/2/branch/0/then/0', 'clicked'],
      ['clicked', '/then/3', 'done'],
      ['tagged', '/then/3/then/0', 'done'],
      ['again', '/then/3/else/0', 'done'],
      ['done', '/then/4', null],
    ])
    expect(walk.into('kind', '0')).toBe('gift')
    expect(walk.into('kind', 'else')).toBe('clicked')
  })

  test('follows jumps, and ends', () => {
    expect(walk.land('again')).toEqual({ step: 'week', passed: ['again'] })
    expect(walk.land('done')).toEqual({ step: null, passed: ['done'] })
    expect(walk.land(null)).toEqual({ step: null, passed: [] })
  })
})
