/** Signing in by a real identity provider: `oidc-provider` on this machine, driven as a browser would. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { rows } from '../../domain/database.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { addPerson } from '../support/people.ts'

const now = new Date()
let database: TestDatabase
let api: TestApi
let provider: Server
let issuer: string
/** Who signs in at the provider, and what it says of them. */
let person = { sub: 'mia-1', email: 'mia@studio.test', email_verified: true }

beforeAll(async () => {
  database = await createTestDatabase()
  provider = createServer()
  provider.listen(0, '127.0.0.1')
  await once(provider, 'listening')
  issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`
  const own = createServer()
  own.listen(0, '127.0.0.1')
  await once(own, 'listening')
  const { port } = own.address() as AddressInfo
  own.close()
  await once(own, 'close')
  const publicUrl = `http://127.0.0.1:${port}`
  const { Provider } = await import('oidc-provider')
  const oidc = new Provider(issuer, {
    clients: [
      { client_id: 'perennial', client_secret: 'a secret', redirect_uris: [`${publicUrl}/auth/oidc/callback`] },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: true,
    pkce: { required: () => true },
    findAccount: async (_context: unknown, sub: string) => ({
      accountId: sub,
      claims: async () => ({ ...person, sub }),
    }),
    // whoever comes is signed in at once, and lets everything be told
    interactions: { url: (_context: unknown, interaction: { uid: string }) => `/interaction/${interaction.uid}` },
    features: { devInteractions: { enabled: false } },
    cookies: { keys: ['a key'] },
  })
  provider.on('request', async (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return oidc.callback()(request, response)
    const { prompt, params, grantId } = await oidc.interactionDetails(request, response)
    if (prompt.name === 'login') {
      return oidc.interactionFinished(request, response, { login: { accountId: person.sub } })
    }
    const grant =
      grantId === undefined
        ? new oidc.Grant({ accountId: person.sub, clientId: String(params.client_id) })
        : await oidc.Grant.find(grantId)
    grant?.addOIDCScope('openid email profile')
    const consent = { grantId: await grant?.save() }
    await oidc.interactionFinished(request, response, { consent }, { mergeWithLastSubmission: true })
  })
  const settings = { issuer, clientId: 'perennial', clientSecret: 'a secret', name: 'Our directory' }
  api = await startApi(database.db, undefined, () => now, { oidc: settings, publicUrl })
})
afterAll(async () => {
  await api?.close()
  provider?.close()
  provider?.closeAllConnections()
  await database?.drop()
})

type Arrived = { path: string; session: string | null; came: string }

/** Follows the way of a browser: there, through the provider, and back; each side gets its own cookies only. */
async function travel(next = '/customers', change: (address: URL) => void = () => {}): Promise<Arrived> {
  const cookies = { own: new Map<string, string>(), theirs: new Map<string, string>() }
  let address = new URL(`${api.url}/auth/oidc?next=${encodeURIComponent(next)}`)
  let came = ''
  for (let hop = 0; hop < 12; hop++) {
    const isTheirs = address.origin === issuer
    const jar = isTheirs ? cookies.theirs : cookies.own
    if (!isTheirs && address.pathname.endsWith('/callback')) {
      change(address)
      came = address.search
    }
    const target = isTheirs ? address : new URL(address.pathname + address.search, api.url)
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(target, { redirect: 'manual', headers: { cookie } })
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    }
    const location = response.headers.get('location')
    if (location === null) throw new Error(`${target.href}: ${response.status} ${await response.text()}`)
    if (!isTheirs && location.startsWith('/'))
      return { path: location, session: cookies.own.get('perennial_session') ?? null, came }
    address = new URL(location, address)
  }
  throw new Error('No end of redirections')
}

test('the button is there when a provider is configured', async () => {
  const options = await fetch(`${api.url}/api/v1/sign-in-options`)
  expect(await options.json()).toMatchObject({ oidc: { name: 'Our directory', url: '/auth/oidc' } })
})

test('somebody whom nobody invited does not come in', async () => {
  expect(await travel()).toMatchObject({ path: '/sign-in?failed=unknown', session: null })
})

test('somebody who was invited comes in, with the role of our own table, to the page that they wanted', async () => {
  await addPerson(database.db, 'mia@studio.test', 'read_only')
  person = { ...person, email_verified: false }
  expect(await travel()).toMatchObject({ path: '/sign-in?failed=unknown', session: null })
  person = { ...person, email_verified: true }
  const { path, session } = await travel('/customers?status=vip')
  expect(path).toBe('/customers?status=vip')
  const who = await fetch(`${api.url}/api/v1/session`, { headers: { cookie: `perennial_session=${session}` } })
  expect(await who.json()).toMatchObject({ user: { email: 'mia@studio.test', role: 'read_only' } })
})

test('they are known by what the provider calls them from then on, and nobody else by their address', async () => {
  person = { sub: 'mia-1', email: 'married@studio.test', email_verified: true }
  expect((await travel()).session).not.toBeNull()
  person = { sub: 'thief', email: 'mia@studio.test', email_verified: true }
  expect(await travel()).toMatchObject({ path: '/sign-in?failed=unknown', session: null })
  person = { sub: 'mia-1', email: 'mia@studio.test', email_verified: true }
  await database.db('users').update({ deactivated_at: now })
  expect(await travel()).toMatchObject({ path: '/sign-in?failed=unknown', session: null })
  await database.db('users').update({ deactivated_at: null })
})

test.each([
  ['another state', (address: URL) => address.searchParams.set('state', 'other'), 'provider'],
  ['another code', (address: URL) => address.searchParams.set('code', 'other'), 'provider'],
  ['another issuer', (address: URL) => address.searchParams.set('iss', 'http://evil.test'), 'provider'],
])('with %s nobody comes in', async (_, change, why) => {
  expect(await travel('/', change)).toMatchObject({ path: `/sign-in?failed=${why}`, session: null })
})

test('an answer is good once, and only in the browser that asked', async () => {
  const { came } = await travel()
  const again = await fetch(`${api.url}/auth/oidc/callback${came}`, { redirect: 'manual' })
  expect(again.headers.get('location')).toBe('/sign-in?failed=expired')
})

test.each(['https://evil.test/', '//evil.test', '/\\evil.test', '/sign-in?next=x', 'javascript:alert(1)'])(
  'the way on is never to %s',
  async (next) => {
    expect((await travel(next)).path).toBe('/')
  },
)

test('the audit trail has who came that way, and who was not let in', async () => {
  const found = await rows<{ status: number; actor: string }>(
    database.db,
    "SELECT status, actor FROM audit_entries WHERE route = '/auth/oidc/callback' ORDER BY id",
  )
  expect(found.map(({ status, actor }) => `${status} ${actor}`)).toContain('200 mia@studio.test')
  expect(found[0]).toMatchObject({ status: 403 })
})
