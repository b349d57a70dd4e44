import { describe, expect, test } from '@jest/globals'
import { troublesOf } from '../../ui/app/health.ts'
import { waitingOf } from '../../ui/client/campaigns.ts'
import { detailOf, eventText } from '../../ui/deliveries/events.ts'
import { canResend, outcomeAt, outcomeOf } from '../../ui/deliveries/outcome.ts'
import { guardMail } from '../../ui/inbox/guardMail.ts'
import { safeTarget } from '../../ui/sign-in/safeTarget.ts'

describe('after sign-in one lands', () => {
  test.each([
    [undefined, '/'],
    ['/mailings/7?state=bounced', '/mailings/7?state=bounced'],
    ['//evil.test/x', '/'],
    ['/\\evil.test', '/'],
    ['https://evil.test', '/'],
    ['javascript:alert(1)', '/'],
    ['/sign-in?next=/sign-in', '/'],
  ])('from %s on %s', (next, target) => {
    expect(safeTarget(next)).toBe(target)
  })
})

describe('the health line', () => {
  const up = { up: true }
  const down = { up: false }
  test('names what is down', () => {
    expect(troublesOf({ database: up, temporal: up, worker: up })).toEqual([])
    expect(troublesOf({ database: down, temporal: up, worker: down })).toEqual(['database', 'worker'])
  })
  test('does not blame the worker when Temporal cannot be asked for it', () => {
    expect(troublesOf({ database: up, temporal: down, worker: down })).toEqual(['temporal'])
  })
  test('says when nothing answers, and nothing before the first answer', () => {
    expect(troublesOf('unreachable')).toEqual(['api'])
    expect(troublesOf('asking')).toEqual([])
  })
})

const at = (minute: number) => `2026-11-25T12:0${minute}:00Z`
const delivery = {
  id: '1',
  campaign: { id: '1', name: 'x', kind: 'one_off' },
  provider: null,
  customer: { id: 'c', name: 'C' },
  test: false,
  channel: 'email' as const,
  address: 'c@example.test',
  subject: 's',
  state: 'delivered' as const,
  reason: null,
  attempts: 1,
  held_until: null,
  queued_at: at(0),
  sent_at: at(1),
  delivered_at: at(2),
  bounced_at: null,
  opened_at: null,
  clicked_at: null,
  machine_opened_at: null,
  machine_clicked_at: null,
  bounce_class: null,
  reward: null,
}

describe('what became of a message', () => {
  test('is the furthest that it came', () => {
    expect(outcomeOf(delivery)).toBe('delivered')
    expect(outcomeOf({ ...delivery, opened_at: at(3) })).toBe('opened')
    expect(outcomeOf({ ...delivery, clicked_at: at(4) })).toBe('clicked')
    expect(outcomeAt({ ...delivery, opened_at: at(3), clicked_at: at(4) })).toBe(at(4))
  })
  test('is the bounce when it came back, opened or not', () => {
    const bounced = { ...delivery, state: 'bounced' as const, opened_at: at(3), bounced_at: at(4) }
    expect(outcomeOf(bounced)).toBe('bounced')
    expect(outcomeAt(bounced)).toBe(at(4))
  })
  test('can be sent again only where nobody can be sure of it or it failed', () => {
    expect(canResend({ state: 'unconfirmed', test: false })).toBe(true)
    expect(canResend({ state: 'delivered', test: false })).toBe(false)
    expect(canResend({ state: 'queued', test: false })).toBe(false)
    expect(canResend({ state: 'failed', test: true })).toBe(false)
  })
  test('shows the address that was clicked and the words of the server', () => {
    expect(detailOf({ url: 'https://studio.test', position: 1 })).toBe('https://studio.test')
    expect(detailOf({ reason: '550 no such mailbox' })).toBe('550 no such mailbox')
    expect(detailOf({ answer: '250 OK' })).toBe('250 OK')
    const answered = { survey: 's', answer: 'no-time', question: 'Why?', label: 'No time' }
    expect(detailOf(answered)).toBe('Why? – No time')
    expect(detailOf({ attempt: 2 })).toBeNull()
    expect(detailOf(null)).toBeNull()
    expect(eventText('constructor')).toBeUndefined()
  })
})

test('what waits in a mailing is what is in no other number', () => {
  expect(waitingOf({ total: 100, sent: 60, failed: 5, unconfirmed: 2, cancelled: 3 })).toBe(30)
  expect(waitingOf({ total: 0, sent: 1, failed: 0, unconfirmed: 0, cancelled: 0 })).toBe(0)
})

describe('a mail in its frame', () => {
  const guarded = guardMail(
    '<!DOCTYPE html><html><p>Hi <A href="/x" target="_top">there</A> <abbr>e.g.</abbr>',
    'http://a:1',
  )
  test('begins with our policy, before anything that the mail brings', () => {
    expect(guarded.indexOf('Content-Security-Policy')).toBeLessThan(guarded.indexOf('<p>'))
    expect(guarded).toContain("default-src 'none'; img-src http://a:1 https: data: cid:")
    expect(guarded.match(/<!doctype/gi)).toHaveLength(1)
  })
  test('opens links in a new window, whatever the mail wants', () => {
    expect(guarded).toContain('<A target="_blank" rel="noopener" href="/x" target="_top">')
    expect(guarded).toContain('<abbr>')
  })
})
