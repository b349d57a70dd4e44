import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createFirstAdmin } from '../../domain/access/createFirstAdmin.ts'
import { rows } from '../../domain/database.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const DAY = 86_400_000
let database: TestDatabase
let api: TestApi
let now = new Date('2026-11-25T12:00:00Z')
const ADMIN = { email: 'anna@studio.test', password: 'correct horse' }

beforeAll(async () => {
  database = await createTestDatabase()
  await createFirstAdmin(database.db, now, ADMIN)
  api = await startApi(database.db, undefined, () => now)
})
afterAll(async () => {
  await api?.close()
  await database?.drop()
})

const session = (method: string, headers: Record<string, string> = {}, body?: unknown): Promise<Response> =>
  fetch(`${api.url}/api/v1/session`, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })

async function signIn(headers: Record<string, string> = {}): Promise<string> {
  const response = await session('POST', headers, ADMIN)
  expect(response.status).toBe(200)
  return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
}

test('the first admin is made once, by whoever comes first', async () => {
  const fresh = await createTestDatabase()
  const made = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      createFirstAdmin(fresh.db, now, index % 2 === 0 ? undefined : { email: `a${index}@x.test`, password: 'p' }),
    ),
  )
  expect(made.filter((admin) => admin !== null)).toHaveLength(1)
  expect(await rows(fresh.db, 'SELECT email FROM users')).toHaveLength(1)
  const one = made.find((admin) => admin !== null)
  expect(one?.password.length).toBeGreaterThan(0)
  expect(await createFirstAdmin(fresh.db, now, undefined)).toBeNull()
  await fresh.drop()
})

test('a session begins with the password, is known by its cookie and ends', async () => {
  const response = await session('POST', {}, { ...ADMIN, email: ' Anna@Studio.test' })
  expect(response.status).toBe(200)
  expect(await response.json()).toMatchObject({ user: { email: 'anna@studio.test', role: 'admin' } })
  const setCookie = response.headers.get('set-cookie') ?? ''
  expect(setCookie).toMatch(/^perennial_session=[\w-]{43}; Max-Age=1209600; Path=\/; .*HttpOnly; SameSite=Lax$/)
  const cookie = setCookie.split(';')[0] ?? ''
  expect((await session('GET', { cookie })).status).toBe(200)
  const stored = await rows<{ token_hash: Buffer }>(database.db, 'SELECT token_hash FROM sessions')
  expect(stored.map((row) => row.token_hash.toString('latin1')).join()).not.toContain(cookie.split('=')[1])
  const out = await session('DELETE', { cookie })
  expect(out.status).toBe(204)
  expect(out.headers.get('set-cookie')).toContain('Max-Age=0')
  expect((await session('GET', { cookie })).status).toBe(401)
})

test('signing in again ends the session that the browser had', async () => {
  const cookie = await signIn()
  await signIn({ cookie })
  expect((await session('GET', { cookie })).status).toBe(401)
})

test('the cookie is for https only where the public address is https', async () => {
  const secure = await startApi(database.db, undefined, () => now, { publicUrl: 'https://studio.test' })
  const response = await fetch(`${secure.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(ADMIN),
  })
  expect(response.headers.get('set-cookie')).toContain('; Secure;')
  expect(response.headers.get('strict-transport-security')).toContain('max-age=31536000')
  await secure.close()
})

test('a session in use goes on, one that nobody uses ends, and none lasts for ever', async () => {
  const start = now
  const cookie = await signIn()
  now = new Date(start.getTime() + 10 * DAY)
  const prolonged = await session('GET', { cookie })
  expect(prolonged.headers.get('set-cookie')).toContain('Max-Age=1209600')
  now = new Date(start.getTime() + 23 * DAY)
  expect((await session('GET', { cookie })).status).toBe(200)
  now = new Date(start.getTime() + 38 * DAY)
  expect((await session('GET', { cookie })).status).toBe(401)

  const busy = await signIn()
  const began = now
  for (let day = 10; day < 90; day += 10) {
    now = new Date(began.getTime() + day * DAY)
    expect((await session('GET', { cookie: busy })).status).toBe(200)
  }
  now = new Date(began.getTime() + 91 * DAY)
  expect((await session('GET', { cookie: busy })).status).toBe(401)
})

test('an unknown user and a wrong password get the same answer after the same work', async () => {
  const timed = async (body: unknown) => {
    const began = performance.now()
    const response = await session('POST', {}, body)
    const { instance: _, ...document } = (await response.json()) as Record<string, unknown>
    return { status: response.status, document, ms: performance.now() - began }
  }
  const wrong = await timed({ ...ADMIN, password: 'wrong' })
  const unknown = await timed({ email: 'nobody@studio.test', password: 'wrong' })
  expect(wrong).toMatchObject({ status: 401, document: { type: 'urn:perennial:problem:wrong_credentials' } })
  expect(unknown.document).toEqual(wrong.document)
  // hashing takes some 20 ms; an answer without it takes 2
  const times = { wrong: [] as number[], unknown: [] as number[] }
  for (let round = 0; round < 5; round++) {
    times.wrong.push((await timed({ ...ADMIN, password: 'wrong' })).ms)
    times.unknown.push((await timed({ email: `n${round}@studio.test`, password: 'wrong' })).ms)
  }
  expect(Math.min(...times.unknown)).toBeGreaterThan(Math.min(...times.wrong) / 3)
})

test('an address that the database takes for the same is not the same', async () => {
  const response = await session('POST', {}, { ...ADMIN, email: 'ánna@studio.test' })
  expect(response.status).toBe(401)
})

test('after 10 wrong passwords the account is closed to that address for 15 minutes, and to no other', async () => {
  now = new Date(now.getTime() + DAY)
  const guess = (address: string) =>
    session('POST', { 'x-forwarded-for': address }, { ...ADMIN, password: 'wrong' }).then((reply) => reply.status)
  const guesses: number[] = []
  for (let round = 0; round < 11; round++) guesses.push(await guess('192.0.2.1'))
  expect(guesses).toEqual([...Array<number>(10).fill(401), 429])
  const right = await session('POST', { 'x-forwarded-for': '192.0.2.1' }, ADMIN)
  expect(right.status).toBe(429)
  expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(800)
  await signIn({ 'x-forwarded-for': '192.0.2.2' })
  now = new Date(now.getTime() + 15 * 60_000)
  await signIn({ 'x-forwarded-for': '192.0.2.1' })
})

test('one address may try many accounts only so often', async () => {
  now = new Date(now.getTime() + DAY)
  const statuses = new Set<number>()
  for (let round = 0; round < 61; round += 1) {
    const reply = await session(
      'POST',
      { 'x-forwarded-for': `2001:db8:1:2::${round}` },
      { email: `${round}@x.test`, password: 'x' },
    )
    statuses.add(reply.status)
  }
  expect([...statuses]).toEqual([401, 429])
})

test.each([
  ['another site’s page', { 'sec-fetch-site': 'cross-site' }],
  ['a page of a sister domain', { 'sec-fetch-site': 'same-site' }],
  ['an older browser on another site', { origin: 'https://evil.test' }],
  ['a sandboxed page', { origin: 'null' }],
])('%s cannot use the cookie', async (_, headers) => {
  now = new Date(now.getTime() + DAY)
  const cookie = await signIn()
  const put = (extra: Record<string, string>) =>
    fetch(`${api.url}/api/v1/settings`, {
      method: 'PUT',
      headers: { cookie, 'content-type': 'application/json', ...extra },
      body: '{}',
    })
  const refused = await put(headers as Record<string, string>)
  expect(refused.status).toBe(403)
  expect((await put({ 'sec-fetch-site': 'same-origin' })).status).toBe(200)
  expect((await put({ origin: api.url })).status).toBe(200)
  expect((await session('DELETE', { cookie, ...(headers as Record<string, string>) })).status).toBe(403)
  expect((await session('POST', headers as Record<string, string>, ADMIN)).status).toBe(403)
})

test('an API key opens the API; a wrong one, another scheme and nothing do not', async () => {
  const who = (authorization?: string) => session('GET', authorization === undefined ? {} : { authorization })
  expect(await (await who(`Bearer ${api.key}`)).json()).toMatchObject({ user: { name: 'PERENNIAL_API_KEY' } })
  for (const bad of [undefined, 'Bearer wrong', `Basic ${api.key}`, 'Bearer ', `Bearer ${api.key}x`]) {
    const reply = await who(bad)
    expect(reply.status).toBe(401)
    expect(reply.headers.get('www-authenticate')).toBe('Bearer')
  }
})

test('a stored key is found by its hash', async () => {
  const { hashToken } = await import('../../domain/access/token.ts')
  await database.db('api_keys').insert({ name: 'till', key_hash: hashToken('k-123'), created_at: now })
  const reply = await session('GET', { authorization: 'Bearer k-123' })
  expect(await reply.json()).toMatchObject({ user: { name: 'till' } })
})
