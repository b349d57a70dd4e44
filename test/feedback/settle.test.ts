import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Notice } from '../../domain/feedback/notice.ts'
import { type Settled, settle } from '../../domain/feedback/settle.ts'

const SENT: Settled = {
  id: 1,
  state: 'sent',
  reason: null,
  bounceClass: null,
  deliveredAt: null,
  bouncedAt: null,
  resentAt: null,
  has: new Set(['sent']),
}

const notice = fc.record({
  about: fc.constant({ delivery: 1 }),
  type: fc.constantFrom('delivered', 'deferred', 'bounced', 'complained', 'unsubscribed'),
  // no two at one instant: which of them was first would be anybody's guess
  at: fc.integer({ min: 0, max: 1_000_000 }).map((ms) => new Date(Date.UTC(2026, 10, 1) + ms)),
  words: fc.constantFrom('550 5.1.1 no such user', '552 5.2.2 full', '550 5.7.26 unauthenticated', ''),
  source: fc.constant('test'),
  id: fc.uuid(),
}) satisfies fc.Arbitrary<Notice>

const apply = (before: Settled, notices: readonly Notice[]) =>
  notices.reduce((settled, one) => settle(settled, one).after, before)

test('whatever the order, and however often, a delivery ends the same', () => {
  const scenario = fc
    .uniqueArray(notice, { selector: ({ at }) => +at, minLength: 1, maxLength: 8 })
    .chain((notices) => fc.tuple(fc.constant(notices), fc.shuffledSubarray(notices, { minLength: notices.length })))
  fc.assert(
    fc.property(scenario, fc.constantFrom('sending', 'unconfirmed', 'sent', 'delivered'), ([told, shuffled], state) => {
      const before = { ...SENT, state }
      const once = apply(before, told)
      expect(apply(before, shuffled)).toEqual(once)
      expect(apply(before, [...told, ...shuffled])).toEqual(once)

      const bounces = told.filter(({ type }) => type === 'bounced').toSorted((one, other) => +one.at - +other.at)
      if (bounces[0] !== undefined) expect(once).toMatchObject({ state: 'bounced', bouncedAt: bounces[0].at })
      else if (told.some(({ type }) => type === 'delivered')) expect(once.state).toBe('delivered')
      else expect(once.state).toBe(state)
    }),
  )
})

test.each(['queued', 'cancelled', 'failed'])('of what is %s nobody can say that it came back', (state) => {
  for (const type of ['bounced', 'delivered', 'deferred'] as const) {
    const told = { about: { delivery: 1 }, type, at: new Date(), words: '550 5.1.1', source: 'test', id: '1' }
    expect(settle({ ...SENT, state }, told)).toEqual({ after: { ...SENT, state }, event: null })
  }
})

test('what is told about a message after it went again by hand is about the earlier one', () => {
  const before = { ...SENT, resentAt: new Date('2026-11-02T10:00:00Z') }
  const told = { about: { delivery: 1 }, type: 'bounced', words: '550 5.1.1 gone', source: 'test', id: '1' } as const
  expect(settle(before, { ...told, at: new Date('2026-11-02T09:59:00Z') }).after.state).toBe('sent')
  expect(settle(before, { ...told, at: new Date('2026-11-02T10:01:00Z') }).after.state).toBe('bounced')
})
