/** Notes on a customer: written, edited, removed, in the timeline; a provider's are not for other providers. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { TimelineEntry } from '../../api/contract/timeline.ts'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { addPerson, callAs } from '../support/people.ts'

const NOW = new Date('2026-06-15T10:00:00Z')
let database: TestDatabase
let api: TestApi
let as: Record<'manager' | 'reader' | 'one' | 'two', Awaited<ReturnType<typeof callAs>>>

beforeAll(async () => {
  database = await createTestDatabase()
  const { db } = database
  api = await startApi(db, undefined, () => NOW)
  const booking = (id: string, customer: string, provider: string) => ({
    ...{ id, customer, provider, starts_at: '2026-06-10T10:00:00Z', state: 'attended' },
  })
  await api.call('post', '/ingest', {
    customers: [{ id: 'c1' }, { id: 'c2' }],
    providers: [{ id: 'p1' }, { id: 'p2' }],
    bookings: [booking('b1', 'c1', 'p1'), booking('b2', 'c1', 'p2'), booking('b3', 'c2', 'p2')],
  })
  await refreshSegments(db, NOW)
  await addPerson(db, 'manager@x.test', 'manager')
  await addPerson(db, 'reader@x.test', 'read_only')
  await addPerson(db, 'one@x.test', 'provider', 1)
  await addPerson(db, 'two@x.test', 'provider', 2)
  as = {
    ...{ manager: await callAs(api, 'manager@x.test'), reader: await callAs(api, 'reader@x.test') },
    ...{ one: await callAs(api, 'one@x.test'), two: await callAs(api, 'two@x.test') },
  }
})
afterAll(async () => {
  await api?.close()
  await database?.drop()
})

const notesFor = async (who: keyof typeof as) => {
  const { body } = await as[who]<{ items: TimelineEntry[] }>('get', '/customers/c1/timeline?kind=note')
  return body.items.flatMap((entry) => (entry.kind === 'note' ? [entry] : []))
}

test('a note is written, edited by somebody else, and removed', async () => {
  const made = await as.manager<{ note: string }>('post', '/customers/c1/notes', { text: ' Prefers <b>mornings</b> ' })
  expect(made.status).toBe(201)
  const { note } = made.body
  expect(await notesFor('reader')).toMatchObject([
    { note, text: 'Prefers <b>mornings</b>', by: 'manager@x.test', edited_by: null, at: NOW.toISOString() },
  ])
  expect((await as.reader('put', `/customers/c1/notes/${note}`, { text: 'x' })).status).toBe(403)
  expect((await api.call('put', `/customers/c1/notes/${note}`, { text: 'Evenings' })).status).toBe(204)
  const [edited] = await notesFor('manager')
  expect(edited).toMatchObject({
    text: 'Evenings',
    by: 'manager@x.test',
    edited_by: expect.stringContaining('API key'),
  })
  // a note is found with its own customer only
  expect((await as.manager('delete', `/customers/c2/notes/${note}`)).status).toBe(404)
  expect((await as.manager('delete', `/customers/c1/notes/${note}`)).status).toBe(204)
  expect((await as.manager('delete', `/customers/c1/notes/${note}`)).status).toBe(404)
  expect(await notesFor('manager')).toEqual([])
})

test('a provider’s notes are seen by the business and by that provider, and changed by no other', async () => {
  const mine = await as.one<{ note: string }>('post', '/customers/c1/notes', { text: 'Ours' })
  const office = await as.manager<{ note: string }>('post', '/customers/c1/notes', { text: 'Of the office' })
  const texts = async (who: keyof typeof as) => (await notesFor(who)).map(({ text }) => text).sort()
  expect(await texts('manager')).toEqual(['Of the office', 'Ours'])
  expect(await texts('one')).toEqual(['Ours'])
  expect(await texts('two')).toEqual([])
  for (const { body } of [mine, office]) {
    expect((await as.two('put', `/customers/c1/notes/${body.note}`, { text: 'x' })).status).toBe(404)
    expect((await as.two('delete', `/customers/c1/notes/${body.note}`)).status).toBe(404)
  }
  expect((await as.one('put', `/customers/c1/notes/${office.body.note}`, { text: 'x' })).status).toBe(404)
  expect((await as.one('post', '/customers/c2/notes', { text: 'x' })).status).toBe(404)
})

test.each([{ text: '  ' }, { text: 'x'.repeat(4_001) }, {}])('%j is no note', async (body) => {
  expect((await as.manager('post', '/customers/c1/notes', body)).status).toBe(400)
})
