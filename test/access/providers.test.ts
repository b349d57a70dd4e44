/** A provider's user, and a provider's key, find nothing of another provider's by any parameter of any call. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import type { Endpoint } from '../../api/contract/endpoint.ts'
import { routes } from '../../api/routes.ts'
import { rows } from '../../domain/database.ts'
import { roleMay } from '../../rules/access/permissions.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { addPerson, callAs } from '../support/people.ts'
import { BENS_WORD, type Clientele, twoClienteles } from '../support/twoClienteles.ts'

const now = new Date('2026-11-30T12:00:00Z')
let database: TestDatabase
let api: TestApi
let anna: Clientele
let ben: Clientele
let annasKey: string
let asAnna: Awaited<ReturnType<typeof callAs>>

beforeAll(async () => {
  database = await createTestDatabase()
  const { db } = database
  api = await startApi(db, undefined, () => now)
  const both = await twoClienteles(db, api, now)
  anna = both.anna
  ben = both.ben
  const [row] = await rows<{ id: number }>(db, 'SELECT id FROM providers WHERE external_id = ?', [anna.provider])
  await addPerson(db, 'anna@studio.test', 'provider', row?.id ?? null)
  asAnna = await callAs(api, 'anna@studio.test')
  const made = await api.call<{ key: string }>('post', '/api-keys', {
    name: 'till',
    provider: anna.provider,
    scopes: null,
  })
  annasKey = made.body.key
})
afterAll(async () => {
  await api?.close()
  await database?.drop()
})

/** Calls that somebody who is a provider may make. */
const open = routes
  .map(({ endpoint }) => endpoint)
  .filter(({ permission }) => permission !== 'open' && (permission === 'signed_in' || roleMay('provider', permission)))
const reads = open.filter(({ method }) => method === 'get')

/** What a parameter of an address or a query names, of one clientele. */
function idFor(endpoint: Endpoint, name: string, of: Clientele): string | undefined {
  const [, first = ''] = endpoint.path.split('/')
  if (name === 'id') {
    const byPath: Record<string, string> = {
      ...{ customers: of.customer, providers: of.provider, campaigns: of.campaign, audiences: of.audience },
      ...{ deliveries: of.delivery, rewards: of.reward },
    }
    return byPath[first]
  }
  const byName: Record<string, string> = {
    ...{
      customer: of.customer,
      provider: of.provider,
      campaign: of.campaign,
      delivery: of.delivery,
      booking: of.booking,
    },
  }
  return byName[name]
}

/** Ids of nobody and nothing, of the same kinds. */
const NOBODY: Clientele = {
  ...{
    provider: 'nobody',
    customer: 'no-customer',
    campaign: '999999999',
    audience: '999999999',
    delivery: '999999999',
  },
  ...{ reward: '999999999', booking: 'no-booking', enrolment: '999999999' },
}
/** What does not belong to anybody. */
const SHARED: Record<string, string> = {
  segments: 'their-regulars',
  templates: 'hello',
  automations: 'care',
  'campaign-drafts': 'none',
}

const shapeOf = (schema: z.ZodType): Record<string, z.ZodType> => (schema instanceof z.ZodObject ? schema.shape : {})

function addressOf(endpoint: Endpoint, of: Clientele): string {
  const [, first = ''] = endpoint.path.split('/')
  return endpoint.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    name === 'version'
      ? '1'
      : (idFor(endpoint, name, of) ?? SHARED[name === 'id' || name === 'name' ? first : name] ?? '1'),
  )
}

/** What is chosen from a list of words. */
const CHOSEN: Readonly<Record<string, string>> = { facet: 'tag' }

/** The parts of a query that a call can't do without. */
function needed(endpoint: Endpoint): Record<string, string> {
  const found: Record<string, string> =
    endpoint.path.endsWith('/diff') && endpoint.method === 'get' ? { from: '1', to: '1' } : {}
  for (const [name, schema] of Object.entries(shapeOf(endpoint.query))) {
    if (!schema.safeParse(undefined).success) found[name] = idFor(endpoint, name, anna) ?? CHOSEN[name] ?? '2026-11'
  }
  return found
}

const query = (parts: Record<string, string>): string =>
  Object.keys(parts).length === 0 ? '' : `?${new URLSearchParams(parts)}`

type Seen = { status: number; text: string }

async function look(method: string, path: string, body?: unknown): Promise<Seen> {
  const { status, body: answer } = await asAnna(method, path, body)
  const { instance: _, ...rest } = (typeof answer === 'object' ? answer : { answer }) as Record<string, unknown>
  return { status, text: JSON.stringify(rest) }
}

/** An answer without the ids that were asked for: an error may say again what it was told. */
const without = ({ status, text }: Seen, of: Clientele): Seen => ({
  status,
  text: Object.values(of).reduce((left, id) => left.replaceAll(id, '…'), text),
})

describe('what a provider reads', () => {
  test('is there, and has not a word of another provider', async () => {
    for (const endpoint of reads) {
      const path = addressOf(endpoint, anna) + query(needed(endpoint))
      const seen = await look('get', path)
      expect([path, seen.status < 300 || (path.includes('draft') && seen.status < 500)]).toEqual([path, true])
      expect([path, BENS_WORD.exec(seen.text)]).toEqual([path, null])
    }
  })

  test('another’s ids in the address are as unknown as those of nobody', async () => {
    for (const endpoint of open) {
      if (addressOf(endpoint, anna) === addressOf(endpoint, ben)) continue
      const seen: Seen[] = []
      for (const whose of [ben, NOBODY]) {
        const path = addressOf(endpoint, whose) + query(needed(endpoint))
        seen.push(without(await look(endpoint.method, path, bodyOf(endpoint, anna)), whose))
      }
      expect([endpoint.method, endpoint.path, seen[0]]).toEqual([endpoint.method, endpoint.path, seen[1]])
      expect([endpoint.path, (seen[0]?.status ?? 0) >= 400]).toEqual([endpoint.path, true])
      expect([endpoint.path, BENS_WORD.exec(seen[0]?.text ?? '')]).toEqual([endpoint.path, null])
    }
  })

  test('nor in the query', async () => {
    for (const endpoint of reads) {
      for (const name of Object.keys(shapeOf(endpoint.query))) {
        if (idFor(endpoint, name, ben) === undefined) continue
        const seen: Seen[] = []
        for (const whose of [ben, NOBODY]) {
          const parts = { ...needed(endpoint), [name]: idFor(endpoint, name, whose) ?? '' }
          seen.push(without(await look('get', addressOf(endpoint, anna) + query(parts)), whose))
        }
        expect([endpoint.path, name, seen[0]]).toEqual([endpoint.path, name, seen[1]])
        expect([endpoint.path, name, BENS_WORD.exec(seen[0]?.text ?? '')]).toEqual([endpoint.path, name, null])
      }
    }
  })

  test('searching for another’s words finds nothing', async () => {
    const words = {
      text: 'quokka',
      q: 'quokka',
      username: 'quokka',
      tag: 'quokka tag',
      customer_group: 'quokka group',
      domain: 'quokka.test',
    }
    for (const endpoint of reads) {
      for (const [name, word] of Object.entries(words)) {
        if (!(name in shapeOf(endpoint.query))) continue
        const asked = { ...needed(endpoint), ...(name === 'domain' ? { campaign: anna.campaign } : {}), [name]: word }
        const path = addressOf(endpoint, anna) + query(asked)
        const seen = await look('get', path)
        expect([path, seen.status]).toEqual([path, 200])
        expect([path, BENS_WORD.exec(seen.text)]).toEqual([path, null])
      }
    }
  })

  test('segments of the whole business are none of theirs', async () => {
    for (const endpoint of open.filter(({ path }) => path.startsWith('/segments/{id}'))) {
      const path = addressOf(endpoint, anna).replace('their-regulars', 'everybody') + query(needed(endpoint))
      expect([path, (await look(endpoint.method, path, bodyOf(endpoint, anna))).status]).toEqual([path, 404])
    }
    const list = await asAnna<{ items: { id: string; members: number }[] }>('get', '/segments')
    expect(list.body.items.map(({ id, members }) => [id, members])).toContainEqual(['their-regulars', 2])
    expect(list.body.items.map(({ id }) => id)).not.toContain('everybody')
  })

  test('lists and counts have their own only', async () => {
    const total = async (path: string) => (await asAnna<{ total: number }>('get', path)).body.total
    expect(await total('/customers')).toBe(3)
    const groups = await asAnna<{ items: unknown[] }>('get', '/customer-facets?facet=customer_group')
    expect(groups.body.items).toEqual([{ value: 'gentian group', count: 3 }])
    expect((await asAnna<{ total: number }>('post', '/customers/search', {})).body.total).toBe(3)
    expect(await total('/deliveries')).toBe(3)
    expect(await total('/deliveries/facets')).toBe(3)
    expect(await total('/suppressions')).toBe(1)
    expect(await total('/rewards')).toBe(await total(`/rewards?provider=${anna.provider}`))
    const items = async (path: string) => (await asAnna<{ items: unknown[] }>('get', path)).body.items.length
    expect(await items('/providers')).toBe(1)
    expect(await items('/audiences')).toBe(1)
    expect(await items('/campaigns')).toBe(1)
    expect(await items('/automations/care/enrolments')).toBe(1)
    expect(await items('/tags')).toBe(1)
  })
})

const CONTACT = { starts_at: '2026-12-20T10:00:00Z', minutes: 60, price: 5_000 }
const CONTENT = { subject: 'Hello', html: '<p>Hello {{ customer.first_name }}</p>' }

/** Bodies that are right, for one clientele. */
function bodyOf(endpoint: Endpoint, of: Clientele): unknown {
  const order = { channel: 'email', kind: 'one_off', customers: [of.customer] }
  const bodies: Record<string, unknown> = {
    'post /customers/search': { provider: of.provider },
    'post /customers/{id}/notes': { text: 'x' },
    'put /customers/{id}/notes/{note}': { text: 'x' },
    'post /customers/export': { customers: [of.customer], language: 'en' },
    'post /campaigns': { ...order, name: 'x', content: CONTENT },
    'put /campaigns/{id}': { ...order, name: 'x', content: CONTENT, revision: 1 },
    'post /campaigns/{id}/winner': { variant: 'a' },
    'post /campaigns/preflight': order,
    'post /campaigns/preflight/customers': { ...order, reason: 'unknown_customer' },
    'post /campaigns/list': { text: of.customer },
    'post /campaigns/check': { content: CONTENT },
    'post /campaigns/preview': { content: CONTENT, customer: of.customer },
    'post /campaigns/test': { content: CONTENT, customer: of.customer },
    'post /templates/preview': { template: 'hello', customer: of.customer },
    'post /templates/{id}/diff': { mjml: '<mjml></mjml>' },
    'put /suppressions/{customer}': {},
    'post /rewards': {
      provider: of.provider,
      customer: of.customer,
      kind: 'voucher',
      amount: 500,
      valid_to: '2027-01-31',
    },
    'post /quotes': { provider: of.provider, customer: of.customer, ...CONTACT },
    'post /redemptions': { booking: of.booking },
  }
  return bodies[`${endpoint.method} ${endpoint.path}`]
}

describe('a provider’s key', () => {
  const byKey = async (method: string, path: string, body?: unknown): Promise<Seen> => {
    const reply = await api.call<unknown>(method, path, body, { authorization: `Bearer ${annasKey}` })
    return { status: reply.status, text: JSON.stringify(reply.body) }
  }

  test('reads what its provider reads, and not a word of another', async () => {
    for (const endpoint of reads) {
      const path = addressOf(endpoint, anna) + query(needed(endpoint))
      const seen = await byKey('get', path)
      // an account and drafts belong to a person
      const isOnes = path.startsWith('/account') || path.includes('draft')
      expect([path, seen.status < 300 || (isOnes && seen.status < 500)]).toEqual([path, true])
      expect([path, BENS_WORD.exec(seen.text)]).toEqual([path, null])
    }
  })

  test('finds nothing under another’s ids', async () => {
    for (const endpoint of open) {
      if (addressOf(endpoint, anna) === addressOf(endpoint, ben)) continue
      const path = addressOf(endpoint, ben) + query(needed(endpoint))
      const { status, text } = await byKey(endpoint.method, path, bodyOf(endpoint, anna))
      expect([endpoint.method, path, status >= 400 && status < 500]).toEqual([endpoint.method, path, true])
      expect([path, BENS_WORD.exec(without({ status, text }, ben).text)]).toEqual([path, null])
    }
  })

  test('does not do what no provider may', async () => {
    const closed = routes
      .map(({ endpoint }) => endpoint)
      .filter((one) => !open.includes(one) && one.permission !== 'open')
    for (const endpoint of closed) {
      const { status } = await byKey(endpoint.method, addressOf(endpoint, anna))
      expect([endpoint.method, endpoint.path, status]).toEqual([endpoint.method, endpoint.path, 403])
    }
  })
})

describe('what a provider sends and writes', () => {
  test('another’s ids in a body are as unknown as those of nobody', async () => {
    for (const endpoint of open) {
      if (
        bodyOf(endpoint, anna) === undefined ||
        JSON.stringify(bodyOf(endpoint, anna)) === JSON.stringify(bodyOf(endpoint, ben))
      )
        continue
      const path = addressOf(endpoint, anna) + query(needed(endpoint))
      const seen: Seen[] = []
      for (const whose of [ben, NOBODY])
        seen.push(without(await look(endpoint.method, path, bodyOf(endpoint, whose)), whose))
      const alike = (one: Seen | undefined) =>
        one?.text.replaceAll(/"(id|created_at|undo_until|audience|updated_at)":"[^"]*"/g, '')
      expect([endpoint.path, seen[0]?.status, alike(seen[0])]).toEqual([endpoint.path, seen[1]?.status, alike(seen[1])])
      expect([endpoint.path, BENS_WORD.exec(seen[0]?.text ?? '')]).toEqual([endpoint.path, null])
    }
  })

  test('a mailing to everybody is one to their own, and names another’s segment for nothing', async () => {
    const preflight = async (order: object) =>
      (
        await asAnna<{ requested: number; recipients: number }>('post', '/campaigns/preflight', {
          channel: 'email',
          ...order,
        })
      ).body
    expect(await preflight({ search: {} })).toMatchObject({ requested: 3 })
    expect(await preflight({ search: { text: 'quokka' } })).toMatchObject({ requested: 0 })
    expect(await preflight({ segment: 'their-regulars' })).toMatchObject({ requested: 2 })
    expect(await preflight({ segment: 'everybody' })).toMatchObject({ status: 404 })
    const both = [anna.customer, ben.customer]
    expect(await preflight({ customers: both })).toMatchObject({
      requested: 2,
      recipients: 1,
      left_out: [{ reason: 'unknown_customer' }],
    })
    const { body, status } = await asAnna('post', '/campaigns', { channel: 'email', customers: both, content: CONTENT })
    expect([status, body]).toMatchObject([201, { provider: { id: anna.provider }, total: 1 }])
  })

  test('the same for whole bodies: every call is covered', () => {
    const covered = open
      .filter((endpoint) => !(endpoint.body instanceof z.ZodUndefined))
      .map(({ method, path }) => `${method} ${path}`)
    const missing = open
      // one's own account is nobody else's
      .filter(({ permission }) => permission !== 'signed_in')
      .filter((endpoint) => !(endpoint.body instanceof z.ZodUndefined) && bodyOf(endpoint, anna) === undefined)
      .map(({ method, path }) => `${method} ${path}`)
    expect(covered.length).toBeGreaterThan(10)
    // drafts and views are their writer's own, and name nothing that is looked up
    expect(missing).toEqual(['put /campaign-drafts/{name}', 'post /customer-views', 'put /customer-views/{id}'])
  })
})
