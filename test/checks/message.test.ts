import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { composeMessage } from '../../domain/campaigns/composeMessage.ts'
import { checkMessage } from '../../domain/checks/checkMessage.ts'
import { readSettings, type Settings } from '../../domain/settings/readSettings.ts'
import { createTemplate } from '../../domain/templates/createTemplate.ts'
import { galleryTemplate } from '../../domain/templates/gallery/readGallery.ts'
import { startApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
let settings: Settings
beforeAll(async () => {
  database = await createTestDatabase()
  settings = await readSettings(database.db)
})
afterAll(() => database.drop())

const PLAIN = 'This week we have three new courses, and we would be glad to see you in one of them.'
const kinds = async (html: string, subject = 'New courses this week') =>
  checkMessage(await composeMessage(database.db, { subject, html: `<p>${PLAIN}</p>${html}` }, settings)).map(
    ({ kind }) => kind,
  )

test('a plain mail has nothing to point out', async () => {
  const fine =
    '<p><a href="https://studio.example/plan">Our plan</a>, <a href="https://www.studio.example/">studio.example</a></p>'
  expect(await kinds(fine)).toEqual([])
  expect(await kinds('', 'Für {{ customer.first_name | default: "DICH" }}: YOGA am Abend')).toEqual([])
})

test.each([
  ['LAST CHANCE TODAY', ['subject_capitals']],
  ['Come! Now!', ['subject_exclamations']],
  ['Re: your booking', ['subject_pretends']],
  ['Save $$$', ['subject_money']],
])('the subject “%s”', async (subject, expected) => {
  expect(await kinds('', subject)).toEqual(expected)
})

test.each([
  [
    '<p>SPECIAL OFFER FOR ALL OUR CUSTOMERS, COME AND GET IT NOW OR NEVER, WHILE IT IS THERE, ALL OF YOU, ALL DAY</p>',
    ['text_capitals'],
  ],
  ['<p>Come now!!!</p>', ['text_exclamations']],
  ['<p><a href="http://studio.example/">plan</a></p>', ['link_insecure']],
  ['<p><a href="https://bit.ly/x">plan</a></p>', ['link_short']],
  ['<p><a href="http://localhost:3000/">plan</a></p>', ['link_private']],
  ['<p><a href="https://192.168.1.4/">plan</a></p>', ['link_private']],
  ['<p><a href="https://93.184.216.34/">plan</a></p>', ['link_number']],
  ['<p><a href="https://example.org/book">plan</a></p>', ['link_example']],
  ['<p><a href="https://www.example.com/">plan</a>, <a href="https://my-example.org/">ours</a></p>', ['link_example']],
  ['<p><a href="https://go.example/?u=https%3A%2F%2Fstudio.example%2F">plan</a></p>', ['link_redirect']],
  ['<p><a href="https://xn--stdio-kva.example/">plan</a></p>', ['link_letters']],
  ['<p><a href="https://other.example/">www.studio.example/plan</a></p>', ['link_shows_other']],
  [`<p>${'<a href="https://studio.example/a">plan</a> '.repeat(4)}</p>`, ['link_repeated']],
])('%s', async (html, expected) => {
  expect(await kinds(html)).toEqual(expected)
})

test.each([
  ['<p><a href="#">x</a></p>', 'link_empty'],
  ['<p><a href="ftp://a.example/">x</a></p>', 'link_scheme'],
  ['<p><a href="http://[::1/">x</a></p>', 'link_broken'],
  ['<a href="https://a.example/"><img src="x.png"></a>', 'only_pictures'],
  ['<a href="https://a.example/"></a>', 'link_without_words'],
  [`<p>${'x'.repeat(105_000)}</p>`, 'clipped'],
])('of a compiled message: %s', (html, expected) => {
  const message = { subject: 'Hello', html: html.slice(0, 200_000), text: 'Hello', links: [] }
  expect(checkMessage(message).map(({ kind }) => kind)).toContain(expected)
})

test('a message without a text part is told so, and what a link stands for is looked at', () => {
  const html = '<p>A text that is long enough for everybody <a href="{{ links.to[0] }}">x</a></p>'
  const findings = checkMessage({ subject: 'Hello', html, text: ' ', links: ['http://10.0.0.1/'] })
  expect(findings).toEqual([{ kind: 'no_plain_text' }, { kind: 'link_private', href: 'http://10.0.0.1/' }])
})

test('over HTTP: what was found, and what cannot be said where there is no DNS', async () => {
  const api = await startApi(database.db)
  await api.call('put', '/settings', { sender_email: 'hello@good.studio' })
  const content = { subject: 'COME NOW!!', html: '<p>Hello</p>' }
  const { body } = await api.call('post', '/campaigns/check', { content })
  expect(body).toMatchObject({
    sender: { domain: 'good.studio', reserved: false, spf: { verdict: 'unknown' } },
    findings: [{ kind: 'subject_capitals' }, { kind: 'subject_exclamations', count: 2 }],
  })
  expect((await api.call('post', '/campaigns/check', { content: { subject: '', html: '' } })).status).toBe(400)
  const template = {
    id: 'welcome',
    name: 'Welcome',
    language: 'en',
    content: galleryTemplate('welcome', 'en').content,
    gallery: null,
    publish: true,
  } as const
  await createTemplate(database.db, template, null, new Date())
  type Check = { findings: { kind: string; href?: string }[] }
  const left = (await api.call<Check>('post', '/campaigns/check', { template: 'welcome' })).body
  expect(left.findings).toContainEqual({ kind: 'link_example', href: 'https://example.org/book' })
  await api.close()
})
