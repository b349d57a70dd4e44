import { describe, expect, test } from '@jest/globals'
import type { Automation } from '../../rules/automations/automation.ts'
import { checkAutomation } from '../../rules/automations/check.ts'
import { findingsIn } from '../../rules/automations/findings.ts'
import { automationsEn } from '../../rules/automations/words/en.ts'
import { findingInWords } from '../../rules/automations/words/findingWords.ts'
import { en } from '../../rules/words.ts'

const VIP = { fact: 'status', is: 'one_of', value: ['vip'] }
const mail = (id: string) => ({ id, send: { channel: 'email' as const, template: 'hello' } })
const wait = (id: string) => ({ id, wait: { days: 1 } })

const RIGHT: Automation = {
  scope: 'business',
  when: { on: 'enters_segment', segment: 'slipping-away' },
  again: 'never',
  then: [mail('a'), wait('b'), mail('c')],
}

/** What is found in it, each as its kind with its place. */
function found(change: Partial<Automation>): string[] {
  const { automation, mistakes } = checkAutomation({ ...RIGHT, ...change })
  expect(mistakes).toBeUndefined()
  if (automation === undefined) return []
  return findingsIn(automation).map(({ level, kind, path }) => `${level}: ${kind} at ${path}`)
}

test('nothing is found in one that is right', () => {
  expect(found({})).toEqual([])
  expect(found({ then: [mail('a'), wait('b'), { id: 'c', go_to: 'a' }] })).toEqual([])
})

describe('found is', () => {
  test('that nothing happens', () => {
    expect(found({ then: [] })).toEqual(['error: nothing_happens at /then'])
    expect(found({ then: [{ id: 'x', end: true }, mail('a')] })).toEqual([
      'error: nothing_happens at /then',
      'warning: unreachable at /then/1',
    ])
  })

  test('where nobody gets, once for all that follows there', () => {
    const fork = {
      id: 'f',
      branch: [{ if: VIP, then: [mail('g'), { id: 'h', end: true as const }] }],
      else: [{ id: 'i', end: true as const }],
    }
    expect(found({ then: [fork, mail('x'), wait('y'), mail('z')] })).toEqual(['warning: unreachable at /then/1'])
    expect(found({ then: [{ ...fork, else: [] }, mail('x')] })).toEqual([])
  })

  test('a wait for nothing, unless a goal is waited for', () => {
    expect(found({ then: [mail('a'), wait('b')] })).toEqual(['warning: dead_end at /then/1'])
    expect(found({ then: [mail('a'), wait('b')], goal: { on: { on: 'booking_made' } } })).toEqual([])
  })

  test('a fork whose ways are empty', () => {
    const fork = { id: 'f', branch: [{ if: VIP, then: [] }], else: [] }
    expect(found({ then: [mail('a'), fork] })).toEqual(['warning: ways_alike at /then/1'])
  })

  test('a way back without a wait, also where the wait may be none', () => {
    const jump = { id: 'j', go_to: 'a' }
    expect(found({ then: [mail('a'), jump] })).toEqual(['error: loop_without_wait at /then/1/go_to'])
    const asked = { id: 'w', wait_for: { rule: VIP }, at_most: { days: 3 }, then: [jump], else: [] }
    expect(found({ then: [mail('a'), asked] })).toEqual(['error: loop_without_wait at /then/1/then/0/go_to'])
    expect(found({ then: [mail('a'), { ...asked, then: [], else: [jump] }] })).toEqual([])
    const date = { id: 'd', wait_until: { before: 'birthday' as const, days: 3, at: '09:00', at_most: { days: 9 } } }
    expect(found({ then: [mail('a'), date, jump] })).toEqual(['error: loop_without_wait at /then/2/go_to'])
    const friday = { id: 'd', wait_until: { weekdays: ['fri' as const], at: '09:00' } }
    expect(found({ then: [mail('a'), friday, jump] })).toEqual([])
  })

  test('a jump into another way, but none to a step around', () => {
    const fork = (to: string) => ({
      id: 'f',
      branch: [{ if: VIP, then: [wait('v'), mail('vip')] }],
      else: [wait('e'), { id: 'm', tag: { add: ['t'] } }, { id: 'j', go_to: to }],
    })
    expect(found({ then: [mail('a'), fork('v')] })).toEqual(['warning: go_to_other_way at /then/1/else/2/go_to'])
    expect(found({ then: [mail('a'), fork('a')] })).toEqual([])
    expect(found({ then: [mail('a'), fork('e')] })).toEqual([])
  })

  test('an exit for everybody who enters', () => {
    const rule = { fact: 'segment', is: 'in', value: 'slipping-away' }
    expect(found({ unless: [{ id: 'x', rule }] })).toEqual(['error: leaves_at_once at /unless/0/rule'])
    expect(found({ only: VIP, unless: [{ id: 'x', rule: VIP }] })).toEqual(['error: leaves_at_once at /unless/0/rule'])
    expect(found({ unless: [{ id: 'x', rule: { not: rule } }] })).toEqual([])
  })

  test('two messages at once', () => {
    expect(found({ then: [mail('a'), mail('b')] })).toEqual(['warning: twice_at_once at /then/1'])
    const sms = { id: 'b', send: { channel: 'sms' as const, text: 'hello' } }
    expect(found({ then: [mail('a'), sms] })).toEqual([])
  })

  test('a click that is waited for before its message', () => {
    const clicked = {
      id: 'w',
      wait_for: { on: 'clicked' as const, step: 'c' },
      at_most: { days: 3 },
      then: [],
      else: [],
    }
    expect(found({ then: [mail('a'), clicked, mail('c')] })).toEqual(['error: no_step at /then/1/wait_for/step'])
  })

  test('a click in an SMS, which nobody sees', () => {
    const sms = { id: 'a', send: { channel: 'sms' as const, text: 'hello' } }
    const clicked = { wait_for: { on: 'clicked' as const, step: 'a' }, at_most: { days: 3 }, then: [], else: [] }
    expect(found({ then: [sms, { id: 'w', ...clicked }, mail('b')] })).toEqual([
      'warning: not_seen at /then/1/wait_for/on',
    ])
  })

  test('what is found in its rules', () => {
    const never = { all: [VIP, { not: VIP }] }
    const fork = { id: 'f', branch: [{ if: never, then: [mail('x')] }], else: [] }
    const automation = { ...RIGHT, then: [wait('a'), fork] } as Automation
    const [finding, ...others] = findingsIn(automation).filter(({ path }) => path !== '/then/1/branch/0/if')
    expect(finding).toMatchObject({ path: '/then/1/branch/0/if/all/1', step: 'f', kind: 'rule' })
    expect(others).toEqual([])
    if (finding === undefined) return
    const words = { messages: { ...en, ...automationsEn }, locale: 'en', currency: 'EUR' }
    expect(findingInWords(finding, automation, words)).toMatch(/^Nobody can pass here: this excludes what/)
  })
})
