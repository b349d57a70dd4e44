import { expect, test } from '@jest/globals'
import type { Automation } from '../../../rules/automations/automation.ts'
import type { Occurrence } from '../../../rules/automations/fits.ts'
import { simulate } from '../../../rules/automations/simulate.ts'

const ENTERS = new Date('2026-06-01T10:00:00Z')
const LATER = new Date('2026-06-02T10:00:00Z')
const UNTIL = new Date('2026-07-01T00:00:00Z')
const RULE = { fact: 'tag', is: 'any_of', value: ['a'] }

const walk = (more: Partial<Automation>, happenings: readonly Occurrence[], holdsFrom: Date | null, chance = 100) => {
  const automation: Automation = {
    scope: 'business',
    when: { on: 'event', name: 'go' },
    again: 'each',
    then: [{ id: 'week', wait: { days: 7 } }],
    ...more,
  }
  const { end, endedAt, reason } = simulate(automation, ENTERS, UNTIL, {
    timeZone: 'UTC',
    happenings,
    holdsFrom: (_, from, to) => (holdsFrom === null || holdsFrom > to ? null : holdsFrom < from ? from : holdsFrom),
    reachable: () => true,
    dateOf: () => null,
    chance: () => chance,
  })
  return [end, reason, endedAt?.toISOString()]
}

test('of exits that come at one instant, what happens is first, then what follows from it, then what rules say', () => {
  const [tagged, entered] = [
    { at: LATER, on: 'tag_added', about: 'a' },
    { at: LATER, on: 'enters_segment', about: 's' },
  ] as const
  const byRule = { id: 'rule', rule: RULE }
  const bySegment = { id: 'segment', on: { on: 'enters_segment', segment: 's' } } as const
  const byTag = { id: 'tag', on: { on: 'tag_added', tag: 'a' } } as const
  const unless = [byRule, bySegment, byTag]
  expect(walk({ unless }, [tagged, entered], LATER)[1]).toBe('tag')
  expect(walk({ unless }, [entered], LATER)[1]).toBe('segment')
  expect(walk({ unless }, [], LATER)).toEqual(['exited', 'rule', LATER.toISOString()])
})

test('whoever has to leave at once is not held out', () => {
  const more: Partial<Automation> = { holdout: 50, goal: { rule: RULE } }
  expect(walk(more, [], ENTERS, 10)).toEqual(['goal', null, ENTERS.toISOString()])
  expect(walk(more, [], null, 10)).toEqual(['held_out', null, ENTERS.toISOString()])
})
