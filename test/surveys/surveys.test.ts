import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createCampaign } from '../../domain/campaigns/createCampaign.ts'
import { freezeAudience } from '../../domain/campaigns/freezeAudience.ts'
import { rows } from '../../domain/database.ts'
import { deliverDue } from '../../domain/deliveries/deliverDue.ts'
import { ingest } from '../../domain/ingest/ingest.ts'
import { recomputeSegments } from '../../domain/segments/recomputeSegment.ts'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import { readOffered } from '../../domain/surveys/readOffered.ts'
import { recordAnswer } from '../../domain/surveys/recordAnswer.ts'
import { createTemplate } from '../../domain/templates/createTemplate.ts'
import { galleryTemplate } from '../../domain/templates/gallery/readGallery.ts'
import { publishTemplate } from '../../domain/templates/versions/publishTemplate.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { attempt, insertCustomers, recordingChannel, type TakenMail } from '../support/sending.ts'

let database: TestDatabase
let api: TestApi
let mails: TakenMail[]
let now = new Date('2026-12-01T10:00:00Z')
const GALLERY = galleryTemplate('why-leave', 'en').content
beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.db, undefined, () => now)
  const { db } = database
  await insertCustomers(db, 2)
  await db.raw("UPDATE customers SET language = 'de' WHERE external_id = 'c1'")
  await createTemplate(
    db,
    { id: 'leaving', name: 'Leaving', language: 'en', content: GALLERY, gallery: null, publish: true },
    null,
    now,
  )
  const campaign = await createCampaign(
    db,
    { criteria: { customers: ['c0', 'c1'] }, content: { template: 'leaving' }, sendAt: null, createdBy: null },
    now,
  )
  // what is published later is not what was ordered
  const later = { content: { ...GALLERY, subject: 'Another' }, baseVersion: 1 }
  await publishTemplate(db, 'leaving', later, { by: 'x' }, now)
  await freezeAudience(db, campaign, now)
  const { channel, taken } = recordingChannel()
  await deliverDue(db, campaign, { ...attempt(channel, () => now), publicUrl: api.url })
  mails = taken
})
afterAll(async () => {
  await api?.close()
  await database?.drop()
})

const mailTo = (address: string) => mails.find(({ to }) => to === address)
const answersIn = (html = '') => [...html.matchAll(/href="([^"]*\/s\/[^"]+)"/g)].map(([, url = '']) => url)
const post = (url: string, form: Record<string, string>) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(form) })
const stored = () =>
  rows<{ answer: string; comment: string | null; replaced_at: Date | null }>(
    database.db,
    'SELECT answer, comment, replaced_at FROM survey_answers ORDER BY id',
  )

test('a template is sent as it was when it was ordered, and its deliveries name it', async () => {
  expect(mails.map(({ subject }) => subject)).toEqual(['One question before you go', 'One question before you go'])
  expect(answersIn(mailTo('c0@mail.test')?.html)).toHaveLength(5)
  expect(mailTo('c0@mail.test')?.html).toContain(`src="${api.url}/i/`)
  const sql =
    'SELECT DISTINCT d.template_id, m.template_version FROM deliveries d JOIN campaigns m ON m.id = d.campaign_id'
  expect(await rows(database.db, sql)).toEqual([{ template_id: 'leaving', template_version: 1 }])
  const picture = await fetch(/src="([^"]+\/i\/[^"]+)"/.exec(mailTo('c0@mail.test')?.html ?? '')?.[1] ?? '')
  expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png'])
  expect(picture.headers.get('cache-control')).toContain('immutable')
})

test('looking at an answer’s page changes nothing, however often machines do', async () => {
  for (const url of answersIn(mailTo('c0@mail.test')?.html)) {
    const page = await fetch(url)
    const html = await page.text()
    expect([page.status, html.includes('Why are you leaving?')]).toEqual([200, true])
    expect(html.match(/ checked/g)).toHaveLength(1)
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  }
  expect(await stored()).toEqual([])
})

test('a confirmed answer is stored with its words; another one takes its place', async () => {
  const [expensive = '', noTime = ''] = answersIn(mailTo('c0@mail.test')?.html)
  const thanks = await post(expensive, { answer: 'too-expensive', comment: ' <b>Too</b>\r\nmuch \u0007' })
  expect(await thanks.text()).toContain('Your answer “It costs too much” has reached us')
  await post(expensive, { answer: 'too-expensive', comment: '' })
  expect(await stored()).toEqual([{ answer: 'too-expensive', comment: '<b>Too</b>\nmuch', replaced_at: null }])
  now = new Date(now.getTime() + 60_000)
  await post(noTime, { answer: 'no-time', comment: '' })
  expect(await stored()).toEqual([
    { answer: 'too-expensive', comment: '<b>Too</b>\nmuch', replaced_at: now },
    { answer: 'no-time', comment: '<b>Too</b>\nmuch', replaced_at: null },
  ])
  expect(await (await fetch(expensive)).text()).toContain('You have answered “I don’t find the time”')
})

test('the page speaks the customer’s language; a form that says something else means the clicked answer', async () => {
  const [first = ''] = answersIn(mailTo('c1@mail.test')?.html)
  expect(await (await fetch(first)).text()).toContain('Antwort senden')
  const odd = await post(first, { answer: '"><script>', comment: 'x'.repeat(5_000) })
  expect(odd.status).toBe(200)
  const last = (await stored()).at(-1)
  expect([last?.answer, last?.comment?.length]).toEqual(['too-expensive', 2_000])
})

test('tokens that nobody here wrote lead to a page that says so, and store nothing', async () => {
  const [url = ''] = answersIn(mailTo('c0@mail.test')?.html)
  const before = (await stored()).length
  const changed = url.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))
  for (const wrong of [changed, `${api.url}/s/x`, `${api.url}/s/${'A'.repeat(36)}`]) {
    expect((await fetch(wrong)).status).toBe(404)
    expect((await post(wrong, { answer: 'no-time' })).status).toBe(404)
  }
  const click = /href="[^"]*\/t\/o\/([^"]+)"|src="[^"]*\/t\/o\/([^"]+)"/.exec(mailTo('c0@mail.test')?.html ?? '')
  expect((await fetch(`${api.url}/s/${click?.[1] ?? click?.[2]}`)).status).toBe(404)
  expect((await fetch(`${api.url}/s/test`)).status).toBe(200)
  expect((await stored()).length).toBe(before)
})

test('answers are counted and listed, and the history of the message has them', async () => {
  type Surveys = {
    items: { id: string; total: number; comments: number; answers: { answer: string; count: number }[] }[]
  }
  const { items } = (await api.call<Surveys>('get', '/surveys')).body
  expect(items).toMatchObject([{ id: 'why-leave', total: 2, comments: 2 }])
  expect(items[0]?.answers.map(({ answer, count }) => [answer, count])).toEqual([
    ['no-time', 1],
    ['too-expensive', 1],
  ])
  type Answers = { items: { customer: { id: string }; label: string; comment: string }[]; next: string | null }
  const page = (await api.call<Answers>('get', '/surveys/why-leave/answers?limit=1')).body
  expect(page.items[0]?.customer.id).toBe('c1')
  const rest = (await api.call<Answers>('get', `/surveys/why-leave/answers?cursor=${page.next}`)).body
  expect(rest.items.map(({ customer }) => customer.id)).toEqual(['c0'])
  type History = { items: { events: { type: string; detail: object }[] }[] }
  const { body } = await api.call<History>('get', '/customers/c0/communication')
  const question = 'Why are you leaving?'
  expect(body.items[0]?.events.filter(({ type }) => type === 'answered').map(({ detail }) => detail)).toEqual([
    { survey: 'why-leave', answer: 'too-expensive', question, label: 'It costs too much' },
    { survey: 'why-leave', answer: 'no-time', question, label: 'I don’t find the time' },
  ])
})

test('rules ask for answers: who changes theirs moves at once', async () => {
  const rule = { fact: 'survey_answer', survey: 'why-leave', is: 'any_of', value: ['no-time'] }
  const made = await api.call<{ id: string }>('post', '/segments', { name: 'No time', rule })
  expect(made.status).toBe(201)
  await recomputeSegments(database.db, [made.body.id], now)
  type Members = { items: { customer: string }[] }
  const members = async () =>
    (await api.call<Members>('get', `/segments/${made.body.id}/members`)).body.items.map(({ customer }) => customer)
  expect(await members()).toEqual(['c0'])
  const [, noTime = ''] = answersIn(mailTo('c1@mail.test')?.html)
  now = new Date(now.getTime() + 60_000)
  await post(noTime, { answer: 'no-time' })
  const [expensive = ''] = answersIn(mailTo('c0@mail.test')?.html)
  await post(expensive, { answer: 'too-expensive' })
  await refreshSegments(database.db, now)
  expect(await members()).toEqual(['c1'])
})

test('who is deleted leaves no answer and no comment, and their message no words of theirs', async () => {
  const { db } = database
  const [url = ''] = answersIn(mailTo('c0@mail.test')?.html)
  const offered = await readOffered(db, url.split('/s/')[1] ?? '')
  if (offered === null) throw new Error('the link is nobody’s')
  await ingest(db, { customers: [{ index: 0, item: { id: 'c0', deleted: true } }] }, now)
  const left = 'SELECT DISTINCT c.external_id AS id FROM survey_answers a JOIN customers c ON c.id = a.customer_id'
  expect(await rows(db, left)).toEqual([{ id: 'c1' }])
  const events = `SELECT DISTINCT c.external_id AS id, e.detail IS NULL AS blank FROM delivery_events e
    JOIN deliveries d ON d.id = e.delivery_id JOIN customers c ON c.id = d.customer_id WHERE e.type = 'answered' ORDER BY id`
  expect(await rows(db, events)).toEqual([
    { id: 'c0', blank: 1 },
    { id: 'c1', blank: 0 },
  ])
  expect((await post(url, { answer: 'no-time', comment: 'Still me' })).status).toBe(404)
  await recordAnswer(db, offered, { answer: 'no-time', comment: 'Between reading and writing' }, now)
  expect(await rows(db, left)).toEqual([{ id: 'c1' }])
})
