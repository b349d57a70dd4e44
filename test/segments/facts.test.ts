/** What random histories once found to be wrong, each by itself. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Database, execute } from '../../domain/database.ts'
import { previewRule } from '../../domain/segments/previewRule.ts'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const NOW = new Date('2026-06-10T10:00:00.000Z')
const HOUR = 3_600_000

let database: TestDatabase
let db: Database
let api: TestApi

/**
 * `words` has attributes; `mailed` got one message of campaign 1, which bounced an hour ago and was opened never;
 * `picked` is a favourite of p and nothing else; `given` has a voucher of p that can be used, and one of a provider who
 * has gone.
 */
beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  api = await startApi(db, undefined, () => NOW)
  await api.call('post', '/ingest', {
    customers: [
      { id: 'words', attributes: { level: 'Expert', renewal: '2026-02-31', visits: 3 } },
      { id: 'mailed' },
      { id: 'picked' },
      { id: 'given' },
    ],
    providers: [
      { id: 'p', name: 'Petra' },
      { id: 'gone', name: 'Gone' },
    ],
  })
  await execute(
    db,
    `INSERT INTO campaigns (id, name, kind, channel, state, criteria, subject, document, html, text, created_at)
     VALUES (1, 'One', 'one_off', 'email', 'sent', '{}', '', '{}', '', '', ?)`,
    [NOW],
  )
  await execute(
    db,
    `INSERT INTO deliveries (campaign_id, customer_id, channel, address, state, due_at, queued_at, bounced_at)
     SELECT 1, id, 'email', 'a@b.test', 'bounced', ?, ?, ? FROM customers WHERE external_id = 'mailed'`,
    [NOW, NOW, new Date(NOW.getTime() - HOUR)],
  )
  await api.call('put', '/providers/p/favourites/picked')
  for (const [provider, kind] of [
    ['p', 'voucher'],
    ['gone', 'free_minutes'],
  ] as const) {
    await execute(
      db,
      `INSERT INTO rewards (provider_id, customer_id, kind, state, valid_from, valid_to, created_at)
       SELECT p.id, c.id, ?, 'active', '2026-06-01', '2026-06-30', ? FROM providers p JOIN customers c
       WHERE p.external_id = ? AND c.external_id = 'given'`,
      [kind, NOW, provider],
    )
  }
  await execute(
    db,
    `INSERT INTO dirty_relationships (provider_id, customer_id, cause, marked_at)
     SELECT provider_id, customer_id, 'event', ? FROM rewards`,
    [NOW],
  )
  await api.call('post', '/ingest', { providers: [{ id: 'gone', deleted: true }] })
  await refreshSegments(db, NOW)
})
afterAll(async () => {
  await api.close()
  await database.drop()
})

const caught = async (rule: unknown, scope: 'business' | 'provider' = 'business', provider?: string) =>
  (await previewRule(db, { rule, scope, provider }, NOW)).sample.map(({ id }) => id)

test.each([
  { is: 'one_of', value: ['EXPERT'] },
  { is: 'contains', value: 'XPER' },
  { is: 'starts_with', value: 'exp' },
])('an attribute is a word whatever its letters’ size: $is $value', async (operator) => {
  expect(await caught({ fact: 'attribute', name: 'level', ...operator })).toEqual(['words'])
})

test.each([
  { is: 'before', value: '2026-12-31' },
  { is: 'more_than_ago', value: { days: 1 } },
  { is: 'within_last', value: { months: 12 } },
])('an attribute with a day that does not exist has no day: $is', async (operator) => {
  expect(await caught({ fact: 'attribute', name: 'renewal', ...operator })).toEqual([])
})

test('a campaign’s id is compared as the text it is, not as the number it begins with', async () => {
  expect(await caught({ fact: 'delivery', campaign: '1', is: 'bounced' })).toEqual(['mailed'])
  expect(await caught({ fact: 'delivery', campaign: '1x', is: 'bounced' })).toEqual([])
})

test('windows over different steps of messages do not narrow each other', async () => {
  const within = { last: { days: 1 } }
  const opened = { fact: 'delivery', is: 'opened', within: { last: { days: 30 } } }
  expect(await caught({ any: [opened, { fact: 'delivery', is: 'bounced', within }] })).toEqual(['mailed'])
  expect(await caught({ any: [{ fact: 'delivery', is: 'bounced', within }, opened] })).toEqual(['mailed'])
})

test('who is only picked by a provider, or only has a voucher of theirs, is their customer', async () => {
  expect(await caught({ fact: 'favourite', is: 'true' }, 'provider', 'p')).toEqual(['picked'])
  expect(await caught({ fact: 'reward', is: 'usable' }, 'provider', 'p')).toEqual(['given'])
})

test('a reward of a provider who has gone counts for nothing', async () => {
  expect(await caught({ fact: 'reward', kind: 'voucher', is: 'usable' })).toEqual(['given'])
  expect(await caught({ fact: 'reward', kind: 'free_minutes', is: 'usable' })).toEqual([])
})
