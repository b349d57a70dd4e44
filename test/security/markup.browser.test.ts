/**
 * What somebody else has typed is text everywhere: a business whose every field is markup and a formula at once, looked at
 * on every page, in every message and in every file.
 */
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { routes } from '../../api/routes.ts'
import { freezeAudience } from '../../domain/campaigns/freezeAudience.ts'
import { rows } from '../../domain/database.ts'
import { deliverDue } from '../../domain/deliveries/deliverDue.ts'
import { insertEvents } from '../../domain/deliveries/events.ts'
import { refreshOnce } from '../../domain/segments/refreshWhileBusy.ts'
import { PAGE_PATHS, pageAddress } from '../support/pagePaths.ts'
import { servePages, type TestPages } from '../support/pages.ts'
import { addPerson, callAs } from '../support/people.ts'
import { attempt, recordingChannel } from '../support/sending.ts'
import { signIn } from '../support/signIn.ts'

jest.setTimeout(240_000)

/** A formula for a spreadsheet, an element, and a script in each way in which one could begin. */
const MARK = `=1+1"'><b data-mark></b><img src=x data-mark onerror=window.marked=1><script data-mark>window.marked=1</script>{{7*7}}`
/** Where less has room. */
const SHORT = '=<b data-mark>'
const mark = (most: number) => (most < MARK.length ? SHORT : MARK)

let pages: TestPages
let page: Page
let mailed: { html: string; subject: string }[] = []
const ids: Record<string, string> = {}

/** A call that has to be taken: a field that refuses the mark is not one that needs to be looked at. */
async function good<Body = { id: string }>(method: string, path: string, body?: unknown): Promise<Body> {
  const reply = await pages.api.call<Body>(method, path, body)
  expect([method, path, reply.status < 300, reply.body]).toEqual([method, path, true, reply.body])
  return reply.body
}

/** A file with marks for its name, its columns and its cells. */
async function upload(text: string): Promise<void> {
  const bytes = Buffer.from(text)
  const { id } = await good('post', '/imports', { kind: 'customers', name: `${MARK}.csv`, size: bytes.length })
  await good('put', `/imports/${id}/parts/0`, { data: bytes.toString('base64') })
  await good('post', `/imports/${id}/complete`)
  ids.import = id
}

beforeAll(async () => {
  pages = await servePages()
  const { db } = pages.database
  const person = {
    first_name: MARK,
    last_name: MARK,
    username: mark(100),
    customer_group: mark(100),
    aggregator: mark(100),
  }
  const whose = { customer: 'c1', provider: 'p1' }
  await good('post', '/ingest', {
    customers: [
      {
        id: 'c1',
        email: 'c1@mail.test',
        phone: SHORT,
        ...person,
        attributes: { level: MARK },
        consents: { email: true },
      },
    ],
    providers: [{ id: 'p1', name: MARK, email: 'p1@mail.test' }],
    bookings: [
      {
        id: 'b1',
        ...whose,
        service: mark(100),
        starts_at: '2026-11-20T10:00:00Z',
        minutes: 60,
        price: 1_000,
        state: 'attended',
      },
    ],
    memberships: [{ id: 'm1', customer: 'c1', type: mark(100), valid_from: '2026-01-01' }],
    reviews: [{ id: 'r1', ...whose, booking: 'b1', rating: 5, created_at: '2026-11-21T10:00:00Z' }],
  })
  await good('put', '/settings', { name: mark(100), sender_name: mark(100) })
  await good('post', '/customers/tag', { customers: ['c1'], add: [mark(50)] })
  await good('put', '/suppressions/c1?channel=sms', { source: mark(100) })
  await good('put', '/customers/c1/consents', { channel: 'push', given: true, source: mark(80), wording: MARK })
  await good('post', '/rewards', {
    ...whose,
    kind: 'voucher',
    amount: 500,
    valid_from: '2026-11-01',
    valid_to: '2027-11-01',
  })
  ids.segment = (await good('post', '/segments', { name: mark(200), note: MARK, rule: { all: [] } })).id
  ids.automation = (
    await good('post', '/automations', {
      name: mark(200),
      note: MARK,
      definition: {
        scope: 'business',
        when: { on: 'event', name: 'go' },
        again: 'each',
        then: [{ id: 'tell', tell: { to: 'a@mail.test', subject: mark(200), text: MARK } }],
      },
    })
  ).id
  const mjml = `<mjml><mj-body><mj-section><mj-column><mj-text>{{ customer.first_name }} {{ business.name }}</mj-text></mj-column></mj-section></mj-body></mjml>`
  const template = {
    name: mark(200),
    mjml,
    subject: `{{ customer.first_name }}`,
    preheader: '{{ customer.last_name }}',
    publish: true,
  }
  ids.template = (await good('post', '/templates', template)).id
  await good('post', '/users', { email: 'eve@mail.test', name: mark(100), role: 'manager' }).catch(() => undefined)
  await good('post', '/api-keys', { name: mark(100), scopes: ['customers.read'] })
  ids.webhook = (
    await good('post', '/webhooks', { name: mark(200), url: 'https://crm.example.com/', events: ['delivery.sent'] })
  ).id
  await good('post', '/customers/c1/notes', { text: MARK })
  await good('put', '/tags/colour', { tag: mark(50), colour: 'teal' })
  await addPerson(db, 'mia@mail.test')
  const asMia = await callAs(pages.api, 'mia@mail.test')
  const view = { name: mark(100), shared: true, definition: { search: { tag: [mark(50)] } } }
  expect(await asMia('post', '/customer-views', view)).toMatchObject({ status: 201 })
  await upload(`"${MARK.replaceAll('"', '""')}",id,email\r\n"=1+1",${SHORT},nowhere\r\n`)
  await refreshOnce(db, new Date())
  const sent = { kind: 'one_off', channel: 'email', customers: ['c1'], provider: 'p1' }
  ids.campaign = (await good('post', '/campaigns', { name: mark(200), ...sent, template: ids.template })).id
  await freezeAudience(db, Number(ids.campaign), new Date(Date.now() + 3_600_000))
  const { channel, taken } = recordingChannel(() => ({ state: 'sent', response: MARK }))
  await deliverDue(db, Number(ids.campaign), {
    ...attempt(channel, () => new Date(Date.now() + 7_200_000)),
    publicUrl: pages.api.url,
  })
  mailed = taken
  const [delivery] = await rows<{ id: number; customer_id: number }>(
    db,
    'SELECT id, customer_id FROM deliveries LIMIT 1',
  )
  const { id = 0, customer_id: customer = 0 } = delivery ?? {}
  await insertEvents(db, [{ delivery: id, type: 'bounced', detail: { reason: MARK } }], new Date())
  await db('survey_answers').insert({
    ...{ delivery_id: id, customer_id: customer, survey: 'why', answer: 'time', question: mark(200), label: mark(200) },
    ...{ comment: MARK, answered_at: new Date() },
  })
  const audiences = await good<{ items: { id: string }[] }>('get', '/audiences')
  ids.audience = audiences.items[0]?.id ?? '1'
})
afterAll(() => pages?.close())

/** What a page has made of marks: elements, and whether a script has run. */
const madeOf = async () => {
  await page.waitForLoadState('networkidle')
  return page.evaluate(() => ({
    elements: document.querySelectorAll('[data-mark]').length,
    ran: 'marked' in window,
  }))
}

test('no page makes an element of it, and no script runs', async () => {
  page = await pages.visit('/segments')
  const seen: string[] = []
  const named = {
    ...{ '/segments/$id': ids.segment, '/customers/$id': 'c1', '/automations/$id': ids.automation },
    ...{ '/mailings/$id': ids.campaign, '/audiences/$id': ids.audience, '/templates/$id': ids.template },
    ...{ '/webhooks/$id': ids.webhook, '/imports/$id': ids.import },
  }
  for (const path of [
    ...PAGE_PATHS.map((path) => pageAddress(path, named)),
    '/customers/c1?tab=communication',
    `/mailings/${ids.campaign}?tab=report`,
    '/loyalty?provider=p1',
    '/statement?provider=p1',
    '/settings/data-protection?customer=c1',
    `/reference?text=${encodeURIComponent(MARK)}`,
    `/customers?text=${encodeURIComponent(MARK)}`,
    `/nowhere/${encodeURIComponent(MARK)}`,
  ]) {
    await page.goto(`${pages.api.url}${path}`)
    await page.locator('h1').first().waitFor()
    expect([path, await madeOf()]).toEqual([path, { elements: 0, ran: false }])
    if ((await page.getByText('data-mark').count()) > 0) seen.push(path)
  }
  // it does stand there, as text
  expect(seen.length).toBeGreaterThan(12)
})

test('no page of a customer does, and no address leads elsewhere', async () => {
  const link = (kind: string) => new RegExp(`${pages.api.url}/${kind}/[\\w-]+`).exec(mailed[0]?.html ?? '')?.[0]
  const unsubscribe = link('u')
  expect(unsubscribe).toBeDefined()
  for (const address of [
    unsubscribe ?? '',
    `${pages.api.url}/signup`,
    `${pages.api.url}/u/${encodeURIComponent(MARK)}`,
  ]) {
    await page.goto(address)
    expect([address, await madeOf()]).toEqual([address, { elements: 0, ran: false }])
  }
  const host = new URL(pages.api.url).host
  // the others that somebody could think of stand in the test of `safeTarget`
  for (const next of ['//evil.test/', 'javascript:alert(1)']) {
    page = await pages.visit('/tags')
    await page.context().clearCookies()
    await signIn(page, `${pages.api.url}/sign-in?next=${encodeURIComponent(next)}`)
    expect([next, new URL(page.url()).host]).toEqual([next, host])
  }
})

test('what a mail says is text in it', () => {
  expect(mailed).toHaveLength(1)
  const { html, subject } = mailed[0] ?? { html: '', subject: '' }
  expect(html).toContain('&lt;b data-mark&gt;')
  expect(html).not.toMatch(/<(b|img|script)[^>]*data-mark/)
  expect(html).not.toContain('49')
  expect(subject).not.toMatch(/[\r\n]/)
})

/** The cells of a CSV file. */
function cellsOf(text: string): string[] {
  const cells = text.replace(/^\uFEFF/, '').matchAll(/(?:^|,|\r\n)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)
  return [...cells].map(([, quoted, bare]) => (quoted ?? bare ?? '').replaceAll('""', '"'))
}

test('no file has a cell that a spreadsheet would compute', async () => {
  const files = routes.filter(({ endpoint }) => endpoint.method === 'get' && endpoint.produces.startsWith('text/csv'))
  expect(files.length).toBeGreaterThan(3)
  let marked = 0
  for (const { endpoint } of files) {
    const things: Readonly<Record<string, string | undefined>> = {
      providers: 'p1',
      campaigns: ids.campaign,
      segments: ids.segment,
    }
    const id = things[endpoint.path.split('/')[1] ?? ''] ?? '1'
    const reply = await pages.api.call<string>('get', endpoint.path.replace(/\{\w+\}/, id))
    if (reply.status === 404 || reply.status === 400) continue
    expect([endpoint.path, reply.status, reply.headers.get('content-disposition')]).toEqual([
      endpoint.path,
      200,
      expect.stringContaining('attachment'),
    ])
    const cells = cellsOf(String(reply.body))
    marked += cells.filter((cell) => cell.includes('data-mark')).length
    for (const cell of cells) {
      if (/^-?\d+(\.\d+)?$/.test(cell)) continue
      expect([endpoint.path, cell, /^\s*[=+\-@\t\r]/.test(cell)]).toEqual([endpoint.path, cell, false])
    }
  }
  expect(marked).toBeGreaterThan(3)
})
