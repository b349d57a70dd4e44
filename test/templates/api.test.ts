import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { insertCustomers } from '../support/sending.ts'
import { startFaultyServer } from '../support/smtp.ts'
import { around, NASTY } from './sources.ts'

type Content = { mjml: string; subject: string; preheader: string; text: string | null; test_data: object }
type Draft = { content: Content; base_version: number; revision: number }
type Template = { id: string; version: number; content: Content | null; draft: Draft | null; archived: boolean }
type Refused = { detail: string; errors?: { path: string; message: string; line?: number; column?: number }[] }

let database: TestDatabase
let api: TestApi
let now = new Date('2026-12-01T10:00:00Z')
beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.db, undefined, () => now)
})
afterAll(async () => {
  await api?.close()
  await database?.drop()
})
beforeEach(() => {
  now = new Date(now.getTime() + 1_000)
})

const TEXT = around('<mj-text>Hello {{ customer.first_name | default: "you" }}</mj-text>')
const content = (mjml = TEXT, subject = 'Hi') => ({ mjml, subject, preheader: '', text: null, test_data: {} })
const make = async (name: string, body: object = { mjml: TEXT, subject: 'Hi' }) =>
  (await api.call<Template>('post', '/templates', { name, ...body })).body

test('a source comes back byte for byte, from the draft and from the version', async () => {
  for (const [name, mjml] of Object.entries(NASTY)) {
    const { id, draft } = await make(`Bytes ${name}`, { mjml, subject: 'S', publish: false })
    expect([name, draft?.content.mjml]).toEqual([name, mjml])
    const published = await api.call<Template>('post', `/templates/${id}/publish`)
    expect([name, published.status, published.body.content?.mjml]).toEqual([name, 200, mjml])
  }
})

test('a draft is kept for whoever has seen the one before; the other is told, and nothing is lost', async () => {
  const { id, draft } = await make('Two people')
  const first = { content: content(TEXT, 'One'), base_version: 0, revision: draft?.revision }
  const kept = await api.call<Draft>('put', `/templates/${id}/draft`, first)
  expect(kept.status).toBe(200)
  const second = await api.call<Refused & { draft: Draft }>('put', `/templates/${id}/draft`, {
    ...first,
    content: content(TEXT, 'Two'),
  })
  expect([second.status, second.body.draft.content.subject]).toEqual([409, 'One'])
  expect((await api.call<Draft>('get', `/templates/${id}/draft`)).body.content.subject).toBe('One')
  const stale = await api.call('post', `/templates/${id}/publish`, { revision: draft?.revision })
  expect(stale.status).toBe(409)
  const done = await api.call<Template>('post', `/templates/${id}/publish`, { revision: kept.body.revision })
  expect([done.status, done.body.version, done.body.draft]).toEqual([200, 1, null])
})

test('of two who publish from the same version, the second is told who was first', async () => {
  const { id } = await make('Race', { mjml: TEXT, subject: 'Hi', publish: true })
  const publish = (subject: string) =>
    api.call<Refused & { published?: { version: number } }>('post', `/templates/${id}/publish`, {
      content: content(TEXT, subject),
      base_version: 1,
    })
  const answers = await Promise.all([publish('A'), publish('B'), publish('C')])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
  expect(answers.find(({ status }) => status === 409)?.body.published?.version).toBe(2)
})

test('an earlier version is taken up again, and differences are said in words', async () => {
  const { id } = await make('History', { mjml: TEXT, subject: 'Hi', publish: true })
  const button = around(
    '<mj-text>Hello {{ customer.first_name | default: "you" }}</mj-text><mj-button href="https://a.test/">Book</mj-button>',
  )
  const change = { content: content(button, 'Hello'), base_version: 1, note: 'A button' }
  expect((await api.call('post', `/templates/${id}/publish`, change)).status).toBe(200)
  type Diff = {
    changes: { what: string; kind: string; sentence: string; line_after?: number }[]
    lines: { kind: string }[]
  }
  const diff = await api.call<Diff>('get', `/templates/${id}/diff?from=1&to=2&language=de`)
  expect(diff.body.changes.map(({ sentence }) => sentence)).toEqual([
    'Betreff: „Hi“ wird „Hello“',
    'Schaltfläche: „Book“ hinzugefügt',
  ])
  const back = await api.call<Template>('post', `/templates/${id}/versions/1/restore`, { base_version: 2 })
  expect([back.body.version, back.body.content?.subject]).toEqual([3, 'Hi'])
  type Versions = { items: { version: number; restored_from: number | null; note: string }[] }
  const versions = (await api.call<Versions>('get', `/templates/${id}/versions`)).body.items
  expect(versions.map(({ version, restored_from, note }) => [version, restored_from, note])).toEqual([
    [3, 1, ''],
    [2, null, 'A button'],
    [1, null, ''],
  ])
  expect((await api.call('post', `/templates/${id}/versions/3/restore`)).status).toBe(409)
  expect((await api.call('get', `/templates/${id}/versions/9`)).status).toBe(404)
})

test('mistakes have line and column; a draft may hold them, a version may not', async () => {
  const mjml = around('\n<mj-text>\n  {{ customer.frist_name }}</mj-text>')
  const { id } = await make('Wrong', { mjml, subject: 'Hi' })
  const refused = await api.call<Refused>('post', `/templates/${id}/publish`)
  expect(refused.status).toBe(400)
  expect(refused.body.errors?.[0]).toMatchObject({ path: '/content/mjml', line: 3, column: 6 })
  const seen = await api.call<Refused>('post', '/templates/preview', { mjml, subject: 'Hi' })
  expect([seen.status, seen.body.errors?.[0]]).toMatchObject([400, { path: '/mjml', line: 3 }])
  const large = await api.call<Refused>('put', `/templates/${id}/draft`, {
    content: content('x'.repeat(210_000)),
    base_version: 0,
    revision: null,
  })
  expect([large.status, large.body.errors?.[0]?.path]).toEqual([400, '/content/mjml'])
})

test('a preview shows test data, or a customer with the next booking in their language', async () => {
  const [customer] = await insertCustomers(database.db, 1)
  await database.db.raw("UPDATE customers SET language = 'fr' WHERE external_id = ?", [customer ?? ''])
  await database.db.raw("UPDATE settings SET time_zone = 'Europe/Zurich'")
  await api.call('post', '/ingest', {
    providers: [{ id: 'p1', name: 'Mara' }],
    bookings: [
      {
        id: 'b1',
        customer,
        provider: 'p1',
        service: 'Yin',
        starts_at: '2026-12-03T17:30:00Z',
        minutes: 60,
        state: 'booked',
      },
      { id: 'b0', customer, provider: 'p1', service: 'Old', starts_at: '2026-12-02T08:00:00Z', state: 'cancelled' },
    ],
  })
  const mjml = around(
    '<mj-text>{{ customer.first_name }}|{{ next_booking.weekday }} {{ next_booking.date }} {{ next_booking.time }}|{{ next_booking.service }} {{ next_booking.provider }}</mj-text>',
  )
  type Preview = {
    html: string
    text: string
    subject: string
    preheader: string
    size: number
    warnings: { code: string }[]
  }
  const own = {
    mjml,
    subject: 'Hi {{ customer.first_name }}',
    preheader: 'P {{ customer.first_name }}',
    test_data: { customer: { first_name: 'Bea' } },
  }
  const test_ = (await api.call<Preview>('post', '/templates/preview', own)).body
  expect([test_.subject, test_.preheader]).toEqual(['Hi Bea', 'P Bea'])
  const real = (await api.call<Preview>('post', '/templates/preview', { ...own, customer })).body
  expect(real.text).toContain('First0|jeudi 3 décembre 2026 18:30|Yin Mara')
  expect(real.text).toContain('Se désabonner')
  expect(real.size).toBe(Buffer.byteLength(real.html))
  const big = { mjml: around('<mj-text>words words words</mj-text>'.repeat(400)), subject: '' }
  expect((await api.call<Preview>('post', '/templates/preview', big)).body.warnings.map(({ code }) => code)).toContain(
    'clipped',
  )
  expect((await api.call('post', '/templates/preview', { ...own, customer: 'nobody' })).status).toBe(404)
})

test('the catalogue has what completion needs, the gallery what one begins with', async () => {
  type Catalogue = {
    elements: { name: string; attributes: { name: string; choices?: string[] }[] }[]
    merge_tags: { name: string; label: string }[]
    filters: string[]
  }
  const { body } = await api.call<Catalogue>('get', '/templates/catalogue?language=it')
  const column = body.elements.find(({ name }) => name === 'mj-column')
  expect(column).toMatchObject({ children: expect.arrayContaining(['mj-text', 'mj-survey']) })
  expect(body.merge_tags).toContainEqual({
    name: 'customer.first_name',
    label: 'Nome',
    group: 'customer',
    example: 'Anna',
  })
  expect(body.filters).not.toContain('raw')
  const gallery = await api.call<{ items: { id: string; name: string; content: Content }[] }>(
    'get',
    '/templates/gallery?language=de',
  )
  expect(gallery.body.items.map(({ id }) => id)).toContain('why-leave')
  const begun = await make('Abschied', { gallery: 'why-leave', language: 'de', publish: true })
  expect(begun.content?.mjml).toBe(gallery.body.items.find(({ id }) => id === 'why-leave')?.content.mjml)
})

test('the list goes page by page; what is archived is put away and can’t be sent', async () => {
  const { id } = await make('Old one', { mjml: TEXT, subject: 'Hi', publish: true })
  const put = await api.call<Template>('patch', `/templates/${id}`, { archived: true, name: 'Older' })
  expect(put.body.archived).toBe(true)
  const names: string[] = []
  let cursor = ''
  do {
    type List = { items: { id: string }[]; next: string | null }
    const page: List = (await api.call<List>('get', `/templates?limit=3${cursor}`)).body
    names.push(...page.items.map((item) => item.id))
    cursor = page.next === null ? '' : `&cursor=${page.next}`
  } while (cursor !== '')
  expect(names).not.toContain(id)
  expect(new Set(names).size).toBe(names.length)
  const sent = await api.call<Refused>('post', '/campaigns', { customers: ['c0'], template: id })
  expect([sent.status, sent.body.errors?.[0]?.path]).toEqual([400, '/template'])
  const neither = await api.call<Refused>('post', '/campaigns', { customers: ['c0'] })
  expect(neither.status).toBe(400)
})

test('names that are taken, and addresses that mean something else, are refused', async () => {
  await make('Once', { id: 'once', mjml: TEXT })
  expect((await api.call('post', '/templates', { name: 'Again', id: 'once' })).status).toBe(409)
  expect((await api.call('post', '/templates', { name: 'X', id: 'gallery' })).status).toBe(409)
  expect((await make('Gallery')).id).toBe('gallery-2')
  for (const id of ['ÿ', '..%2f', 'a'.repeat(70)]) {
    expect((await api.call('get', `/templates/${encodeURIComponent(id)}`)).status).toBeGreaterThanOrEqual(400)
  }
})

test('what is made of a template is counted and listed, in whichever of its messages', async () => {
  const [first, second] = [await make('First of two'), await make('Second of two')]
  for (const { id } of [first, second]) await api.call('post', `/templates/${id}/publish`)
  const send = (body: object) => api.call<{ id: string }>('post', '/campaigns', { customers: ['c0'], ...body })
  const one = await send({ template: first.id })
  const ab_test = { template: second.id, share: 50, decide: 'by_hand' }
  const two = await send({ template: first.id, ab_test })
  await send({ content: { subject: 'Own', html: '<p>x</p>' } })
  type Listed = { items: { id: string; template: object | null; ab_test: { variants: object[] } | null }[] }
  const madeOf = async (id: string) => (await api.call<Listed>('get', `/campaigns?template=${id}`)).body.items
  expect((await madeOf(first.id)).map(({ id }) => id)).toEqual([two.body.id, one.body.id])
  const [compared] = await madeOf(second.id)
  expect(compared).toMatchObject({
    id: two.body.id,
    template: { id: first.id, name: 'First of two', version: 1 },
    ab_test: { variants: [{ variant: 'a' }, { variant: 'b', template: { id: second.id, name: 'Second of two' } }] },
  })
  const used = async (id: string) => (await api.call<{ used_by: number }>('get', `/templates/${id}`)).body.used_by
  expect([await used(first.id), await used(second.id)]).toEqual([2, 1])
})

test('a content that is kept nowhere is compared with the draft of somebody else', async () => {
  const { id } = await make('Compared', { mjml: TEXT, subject: 'Theirs' })
  const mine = content(TEXT.replace('Hello', 'Good morning'), 'Mine')
  type Difference = { changes: { what: string; sentence: string; before?: string; after?: string }[] }
  const { status, body } = await api.call<Difference>('post', `/templates/${id}/diff`, { content: mine })
  expect(status).toBe(200)
  expect(body.changes[0]).toMatchObject({ what: 'subject', before: 'Mine', after: 'Theirs' })
  expect(body.changes.map(({ sentence }) => sentence).join(' ')).toContain('Good morning')
})

test('a template is tried before it is published, as somebody gets it or with its test data', async () => {
  const smtp = await startFaultyServer(['accept', 'accept'])
  const sending = await startApi(database.db, undefined, () => now, { smtpUrl: smtp.url })
  try {
    const { id } = await make('Tried', { mjml: TEXT, subject: 'For {{ customer.first_name }}' })
    const test_data = { customer: { first_name: 'Tess' } }
    const tried = await sending.call<{ address: string }>('post', '/templates/test', { template: id, test_data })
    expect(tried.status).toBe(202)
    expect(smtp.mails[0]).toMatchObject({ to: tried.body.address })
    expect(smtp.mails[0]?.source).toMatch(/^Subject: \[Test\] For Tess\r$/m)
    expect(smtp.mails[0]?.source).toMatch(/^X-Perennial-Test: 1\r$/m)
    const { mjml, subject } = content(TEXT, 'Now {{ customer.first_name }}')
    expect((await sending.call('post', '/templates/test', { mjml, subject, customer: 'c0' })).status).toBe(202)
    expect(smtp.mails[1]?.source).toMatch(/^Subject: \[Test\] Now First0\r$/m)
    const broken = await sending.call<Refused>('post', '/templates/test', { mjml: '<mjml><mj-body>', subject: 'x' })
    expect([broken.status, broken.body.errors?.[0]?.line]).toEqual([400, expect.any(Number)])
    expect(smtp.mails).toHaveLength(2)
    expect(await database.db('deliveries').where({ test: 0 }).count({ n: '*' })).toEqual([{ n: 0 }])
    expect((await api.call('post', '/templates/test', { template: id })).status).toBe(503)
  } finally {
    await sending.close()
    await smtp.close()
  }
})
