import { describe, expect, test } from '@jest/globals'
import { waitingOf } from '../../ui/client/campaigns.ts'
import { ProblemError } from '../../ui/client/problem.ts'
import { checkMessage, subjectLength } from '../../ui/composer/document/checkMessage.ts'
import type { DocumentNode } from '../../ui/composer/document/document.ts'
import { keepAllowed, toMessage } from '../../ui/composer/document/keepAllowed.ts'
import type { KeptCampaign } from '../../ui/composer/draft/campaignDrafts.ts'
import { draftName } from '../../ui/composer/draft/draftKey.ts'
import { type Draft, type DraftStorage, keepDraft, readDraft, removeDraft } from '../../ui/composer/draft/draftStore.ts'
import { openDraft } from '../../ui/composer/draft/openDraft.ts'
import { emptyWritten, type Written } from '../../ui/composer/draft/written.ts'
import { placeOf } from '../../ui/composer/problems/placeMistakes.ts'
import { isDecided, isRunning } from '../../ui/composer/send/isDecided.ts'
import { isTooOld, keepPending, readPending, removePending } from '../../ui/composer/send/pendingSend.ts'
import { parts } from '../../ui/composer/send/progress.ts'
import { documentToSubject, subjectToDocument } from '../../ui/composer/subject/subjectDocument.ts'

/** A storage that holds `room` characters, as browsers hold some 5 million. */
function storage(room = 10_000): DraftStorage {
  const items = new Map<string, string>()
  return {
    getItem: (key) => items.get(key) ?? null,
    removeItem: (key) => void items.delete(key),
    setItem: (key, value) => {
      if (value.length > room) throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
      items.set(key, value)
    },
  }
}
const refusing: DraftStorage = {
  getItem: () => {
    throw new DOMException('Access is denied', 'SecurityError')
  },
  setItem: () => {
    throw new DOMException('Access is denied', 'SecurityError')
  },
  removeItem: () => {
    throw new DOMException('Access is denied', 'SecurityError')
  },
}
const paragraph = (text: string, marks?: DocumentNode['marks']): DocumentNode => ({
  type: 'paragraph',
  content: [{ type: 'text', text, ...(marks && { marks }) }],
})
const written = (subject: string, begin: Written = emptyWritten()): Written => ({
  ...begin,
  subject,
  document: { type: 'doc', content: [paragraph('We miss you')] },
})
const draft: Draft = {
  written: { ...written('Hello 👋'), sms: { text: 'Hi' } },
  keptAt: '2026-11-25T10:32:00.000Z',
  revision: 7,
  unsent: false,
}

test('a draft comes back as it was kept, and goes when it is removed', () => {
  const store = storage()
  expect(keepDraft(store, 'a', draft)).toBe('kept')
  expect(readDraft(store, 'a')).toEqual(draft)
  expect(readDraft(store, 'b')).toBeNull()
  removeDraft(store, 'a')
  expect(readDraft(store, 'a')).toBeNull()
})

test('a full or forbidden storage is told, never thrown', () => {
  expect(keepDraft(storage(10), 'a', draft)).toBe('full')
  expect(keepDraft(refusing, 'a', draft)).toBe('refused')
  expect(keepDraft(null, 'a', draft)).toBe('refused')
  expect(readDraft(refusing, 'a')).toBeNull()
  expect(() => removeDraft(refusing, 'a')).not.toThrow()
})

test.each([
  'not json',
  '{}',
  'null',
  '{"subject":1}',
  '{"subject":"a","document":null,"keptAt":"2026-11-25T10:32:00Z"}',
])('something else under the name of the draft is no draft: %s', (text) => {
  const store = storage()
  store.setItem('a', text)
  expect(readDraft(store, 'a')).toBeNull()
})

test('what an older version of the page kept is still there', () => {
  const store = storage()
  const { subject, document } = written('Old')
  store.setItem('a', JSON.stringify({ subject, document, keptAt: '2026-11-25T10:32:00Z' }))
  expect(readDraft(store, 'a')).toMatchObject({ written: { subject, document, channel: 'email' }, unsent: true })
})

test('drafts are apart for each segment, provider and mailing; picked customers share one', () => {
  const names = [
    draftName({ recipients: { segment: 'new-leads' } }),
    draftName({ recipients: { segment: 'active' } }),
    draftName({ recipients: { segment: 'active', provider: 'luna' } }),
    draftName({ recipients: { segment: 'active', provider: 'luna' }, loyalty: { provider: 'Luna' } }),
    draftName({ recipients: { customers: ['a'] } }),
    draftName({ recipients: { segment: 'active' }, edits: { id: '7', revision: 1 } }),
    draftName({ recipients: { segment: 'active' }, copies: '7' }),
  ]
  expect(new Set(names).size).toBe(names.length)
  expect(draftName({ recipients: { customers: ['a', 'b'] } })).toBe(draftName({ recipients: { customers: ['a'] } }))
})

describe('which draft a page goes on with', () => {
  const begin = emptyWritten()
  const mine = (subject: string, about: Partial<Draft> = {}): Draft => ({
    ...{ written: written(subject, begin), keptAt: '2026-11-25T10:32:00.000Z', revision: 1, unsent: true },
    ...about,
  })
  const theirs = (subject: string, revision: number): KeptCampaign => ({
    ...{ written: written(subject, begin), revision, at: '2026-11-25T11:00:00.000Z' },
    choice: { recipients: {}, count: 0, label: '' },
  })
  const opened = (local: Draft | null, kept: KeptCampaign | null, held = false) => {
    const { written: shown, seen, theirs: other } = openDraft(local, kept, { begin, held })
    return [shown.subject, seen?.revision ?? null, other?.written.subject ?? null]
  }

  test('with neither: none', () => expect(opened(null, null)).toEqual(['', null, null]))
  test('with the only one', () => {
    expect(opened(mine('here'), null)).toEqual(['here', null, null])
    expect(opened(null, theirs('there', 3))).toEqual(['there', 3, null])
  })
  test('with this browser’s, whose last strokes the server does not have', () => {
    expect(opened(mine('here'), theirs('there', 1))).toEqual(['here', 1, null])
  })
  test('with the server’s, on which another browser has gone on', () => {
    expect(opened(mine('here', { unsent: false }), theirs('there', 2))).toEqual(['there', 2, null])
  })
  test('where both have gone on, somebody is asked', () => {
    expect(opened(mine('here'), theirs('there', 2))).toEqual(['here', 2, 'there'])
    expect(opened(mine('same'), theirs('same', 2))).toEqual(['same', 2, null])
  })
  test('what was sent or discarded elsewhere does not come back, unless it was written on here', () => {
    expect(opened(mine('here', { unsent: false }), null)).toEqual(['', null, null])
    expect(opened(mine('here'), null)).toEqual(['here', null, null])
  })
  test('what was confirmed here stays until somebody knows what became of it', () => {
    expect(opened(mine('here', { unsent: false }), null, true)).toEqual(['here', null, null])
  })
})

test('a draft of an older version keeps its text and loses what is unknown', () => {
  const old: DocumentNode = {
    type: 'doc',
    content: [
      { type: 'callout', content: [paragraph('kept', [{ type: 'highlight' }, { type: 'bold' }])] },
      { type: 'heading', attrs: { level: 7, textAlign: 'center' }, content: [{ type: 'text', text: 'Head' }] },
      paragraph('x', [{ type: 'link', attrs: { href: 'https://a.test', target: '_blank', rel: null } }]),
    ],
  }
  expect(keepAllowed(old).content).toEqual([
    paragraph('kept', [{ type: 'bold' }]),
    { type: 'heading', attrs: { level: 3 }, content: [{ type: 'text', text: 'Head' }] },
    paragraph('x', [{ type: 'link', attrs: { href: 'https://a.test' } }]),
  ])
})

test('a message is sent without the empty paragraphs at its end', () => {
  const empty = { type: 'paragraph' }
  expect(toMessage({ type: 'doc', content: [empty, paragraph('a'), empty, empty] }).content).toEqual([
    empty,
    paragraph('a'),
  ])
})

test('a subject goes through the editor and comes back the same', () => {
  const subject = '{{ customer.first_name | default: "you" }}, 50 % {off} 🎉 {{ nothing }}'
  expect(documentToSubject(subjectToDocument(subject))).toBe(subject)
  expect(documentToSubject(subjectToDocument(''))).toBe('')
})

test('the length of a subject is what a reader sees: an emoji is one, a merge tag its fallback', () => {
  expect(subjectLength('👩‍👩‍👧 é')).toBe(3)
  expect(subjectLength('{{ customer.first_name | default: "somebody" }}')).toBe(8)
})

test('a message is checked before it goes out', () => {
  expect(checkMessage(' ', { type: 'doc', content: [{ type: 'paragraph' }] })).toEqual([
    { kind: 'no_subject', stops: true },
    { kind: 'no_text', stops: true },
  ])
  const link = (href: string) => paragraph('here', [{ type: 'link', attrs: { href } }])
  const tag: DocumentNode = { type: 'mergeTag', attrs: { name: 'customer.first_name', fallback: '' } }
  const content = [link('http://localhost/x'), link('javascript:x'), { type: 'paragraph', content: [tag] }]
  expect(checkMessage('Hi', { type: 'doc', content })).toEqual([
    { kind: 'link', stops: false, path: [0, 0], href: 'http://localhost/x', what: 'local' },
    { kind: 'link', stops: true, path: [1, 0], href: 'javascript:x', what: 'scheme' },
    { kind: 'no_fallback', stops: false, path: [2, 0], name: 'customer.first_name' },
  ])
})

test.each([
  ['/content/subject', { kind: 'subject' }],
  ['/content/document/content/2/content/0/marks/0/attrs/href', { kind: 'document', path: [2, 0] }],
  ['/document/content/1', { kind: 'document', path: [1] }],
  ['/content/document', { kind: 'document', path: [] }],
  ['/customers/3', { kind: 'recipients' }],
  ['/segment', { kind: 'recipients' }],
  ['/send_at', { kind: 'elsewhere' }],
  ['', { kind: 'elsewhere' }],
])('the mistake at %j belongs to %j', (path, place) => {
  expect(placeOf(path)).toEqual(place)
})

test('a confirmed mailing is remembered with its key until the server has answered', () => {
  const store = storage()
  const send = { key: '0123456789abcdef', body: { segment: 'a' }, askedAt: '2026-11-25T10:32:00.000Z' }
  expect(keepPending(store, 'draft', send)).toBe(true)
  expect(readPending(store, 'draft')).toEqual(send)
  removePending(store, 'draft')
  expect(readPending(store, 'draft')).toBeNull()
  expect(keepPending(storage(5), 'draft', send)).toBe(false)
  expect(keepPending(null, 'draft', send)).toBe(false)
  expect(readPending(refusing, 'draft')).toBeNull()
})

test.each([
  ['unreachable', 0, false, false],
  ['internal', 500, false, false],
  ['unavailable', 503, false, false],
  ['invalid', 400, true, true],
  ['conflict', 409, true, true],
  ['too_large', 413, true, true],
  // Before the act was looked at: certain for the first try, no news of an earlier one.
  ['unauthenticated', 401, true, false],
  ['forbidden', 403, true, false],
  ['too_many_requests', 429, true, false],
] as const)('%s (%i): certain that nothing was sent after the first try %s, after a further one %s', (...row) => {
  const [code, status, first, further] = row
  expect(isDecided(new ProblemError(code, status), true)).toBe(first)
  expect(isDecided(new ProblemError(code, status), false)).toBe(further)
})

test('a call that the server still works on decides nothing, nor does an error that is no answer', () => {
  const running = new ProblemError('conflict', 409, { retry_after: 1 })
  expect(isRunning(running)).toBe(true)
  expect(isDecided(running, true)).toBe(false)
  expect(isDecided(new TypeError('Failed to fetch'), true)).toBe(false)
})

test('a key is asked for again only while the server remembers it', () => {
  const send = { key: '0123456789abcdef', body: {}, askedAt: '2026-11-25T10:00:00.000Z' }
  expect(isTooOld(send, new Date('2026-11-26T08:59:00Z'))).toBe(false)
  expect(isTooOld(send, new Date('2026-11-26T09:01:00Z'))).toBe(true)
})

test('what is waiting is what is neither sent nor given up', () => {
  const campaign = { state: 'sending', total: 10, sent: 4, failed: 1, unconfirmed: 2, cancelled: 1 } as const
  expect(waitingOf(campaign)).toBe(2)
  expect(parts(campaign).map(({ share }) => share)).toEqual([40, 10, 20])
  expect(parts({ ...campaign, total: 0 }).every(({ share }) => share === 0)).toBe(true)
})
