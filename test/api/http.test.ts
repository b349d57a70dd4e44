import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { z } from 'zod'
import { endpoint } from '../../api/contract/endpoint.ts'
import { routes } from '../../api/routes.ts'
import { Answer, type Route, route } from '../../api/server/route.ts'
import { Problem } from '../../domain/errors.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const thing = z.strictObject({
  name: z.string(),
  parts: z.array(z.strictObject({ 'a/b': z.int() })).optional(),
  of: z.union([z.strictObject({ html: z.string() }), z.strictObject({ text: z.string() })]).optional(),
  more: z.record(z.string(), z.unknown()).optional(),
})
const echo = endpoint({
  method: 'post',
  path: '/things/{id}',
  permission: 'signed_in',
  summary: 'Echo',
  params: z.object({ id: z.string().max(8) }),
  query: z.object({ limit: z.coerce.number().int().max(10).optional() }),
  body: thing,
  answer: z.unknown(),
})
const failing = endpoint({
  method: 'get',
  path: '/things/{id}',
  permission: 'signed_in',
  statuses: [203],
  refuses: [409],
  summary: 'Fails',
  params: z.object({ id: z.string() }),
  answer: z.object({ right: z.boolean() }),
})
const fixed = endpoint({
  method: 'get',
  path: '/things/fixed',
  permission: 'signed_in',
  summary: 'Fixed',
  answer: z.string(),
})
const large = endpoint({
  method: 'post',
  path: '/large',
  permission: 'signed_in',
  summary: 'Large',
  body: z.unknown(),
  answer: z.int(),
  maxBytes: 16_777_216,
})
const own: Route[] = [
  route(failing, async ({ params }) => {
    if (params.id === 'secret') throw new Error('the password is swordfish')
    if (params.id === 'conflict') throw new Problem('conflict', 'Not now.', [], { may_go_at: '2026-12-01' })
    if (params.id === 'other') return new Answer(203, { right: true })
    return { right: 'no' } as unknown as { right: boolean }
  }),
  route(echo, async ({ params, query, body }) => ({ params, query, body })),
  route(fixed, async () => 'fixed'),
  route(large, async ({ body }) => JSON.stringify(body).length),
]

let database: TestDatabase
let api: TestApi
beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.db, [...routes, ...own])
})
afterAll(async () => {
  await api?.close()
  await database?.drop()
})

/** Sends a body as it is. */
const post = (path: string, body: string | Buffer, headers: Record<string, string> = {}) =>
  fetch(`${api.url}/api/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${api.key}`, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  })

/** Sends bytes as they are and gives what comes back until the server closes. */
function raw(text: string | Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1')
    const parts: Buffer[] = []
    socket.on('data', (part) => parts.push(part))
    socket.on('close', () => resolve(Buffer.concat(parts).toString()))
    socket.on('error', reject)
    socket.setTimeout(2_000, () => socket.destroy())
    socket.write(text)
  })
}

async function problem(response: Response): Promise<Record<string, unknown>> {
  expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  const document = (await response.json()) as Record<string, unknown>
  expect(document).toMatchObject({ status: response.status, title: expect.any(String), detail: expect.any(String) })
  expect(document.instance).toBe(`urn:perennial:request:${response.headers.get('x-request-id')}`)
  return document
}

test('a good call comes through checked and is not to be kept by anybody', async () => {
  const reply = await api.call('post', '/things/7?limit=3', { name: 'x' })
  expect(reply).toMatchObject({ status: 200, body: { params: { id: '7' }, query: { limit: 3 }, body: { name: 'x' } } })
  expect(reply.headers.get('cache-control')).toBe('no-store')
  expect(reply.headers.get('etag')).toBeNull()
})

test('mistakes of all parts come at once, each with its pointer', async () => {
  const body = { parts: [{ 'a/b': 1 }, { 'a/b': 'x', c: 1 }], of: { html: 3 }, extra: 1 }
  const document = await problem(await post('/things/much-too-long?limit=99', JSON.stringify(body)))
  expect(document).toMatchObject({ type: 'urn:perennial:problem:invalid', status: 400 })
  const paths = (document.errors as Array<{ path: string }>).map(({ path }) => path)
  expect(paths.sort()).toEqual(
    ['/params/id', '/query/limit', '/name', '/parts/1/a~1b', '/parts/1/c', '/of/html', '/extra'].sort(),
  )
  expect(document.errors).toContainEqual({
    path: '/parts/1/c',
    message: 'There is no such field here; allowed are a/b',
  })
})

test('a missing body, one that is no JSON and one of another kind are told apart', async () => {
  expect(await problem(await post('/things/1', ''))).toMatchObject({ status: 400 })
  expect(await problem(await post('/things/1', '{"name": "anna@secret.test'))).toMatchObject({ status: 400 })
  const broken = await problem(await post('/things/1', '{"name": swordfish}'))
  expect(JSON.stringify(broken)).not.toContain('swordfish')
  const form = await post('/things/1', 'name=x', { 'content-type': 'application/x-www-form-urlencoded' })
  expect(await problem(form)).toMatchObject({ status: 415, type: 'urn:perennial:problem:unsupported_media_type' })
})

test('a body is limited to 1 MB, also one that grows when it is unpacked; ingest may be 16 MB', async () => {
  const name = 'x'.repeat(1_100_000)
  const body = JSON.stringify({ name })
  expect(await problem(await post('/things/1', body))).toMatchObject({ status: 413 })
  const packed = gzipSync(body)
  expect(packed.length).toBeLessThan(10_000)
  expect(await problem(await post('/things/1', packed, { 'content-encoding': 'gzip' }))).toMatchObject({ status: 413 })
  expect((await post('/large', `"${'x'.repeat(15_000_000)}"`)).status).toBe(200)
  expect((await post('/large', `"${'x'.repeat(17_000_000)}"`)).status).toBe(413)
  const unknown = await post('/things/1', '{}', { 'content-encoding': 'zip' })
  expect(await problem(unknown)).toMatchObject({ status: 415 })
  expect(await problem(await post('/things/1', 'not gzip', { 'content-encoding': 'gzip' }))).toMatchObject({
    status: 400,
  })
})

test('nobody without a key makes us read a large body', async () => {
  const response = await post('/large', `"${'x'.repeat(100_000)}"`, { authorization: 'Bearer wrong' })
  expect(await problem(response)).toMatchObject({ status: 401 })
})

test('unknown addresses and methods are answered in JSON', async () => {
  const unknown = await fetch(`${api.url}/api/v1/nothing`)
  expect(await problem(unknown)).toMatchObject({ status: 404, type: 'urn:perennial:problem:not_found' })
  expect(await problem(await fetch(`${api.url}/api/v2/segments`))).toMatchObject({ status: 404 })
  const method = await fetch(`${api.url}/api/v1/health`, { method: 'DELETE' })
  expect(await problem(method)).toMatchObject({ status: 405, type: 'urn:perennial:problem:method_not_allowed' })
  expect(method.headers.get('allow')).toBe('GET')
  expect((await api.call('post', '/things/fixed', { name: 'x' })).status).toBe(200)
  expect((await api.call('get', '/things/fixed')).body).toBe('fixed')
  const put = await fetch(`${api.url}/api/v1/things/1`, { method: 'PUT' })
  expect(put.headers.get('allow')).toBe('GET, POST')
  // an address that may be two things takes the methods of both; one whose words the other refuses those of one
  expect((await api.call('delete', '/things/fixed')).headers.get('allow')).toBe('GET, POST')
  const number = await api.call('delete', '/rewards/summary')
  expect([number.status, number.headers.get('allow')]).toEqual([405, 'GET'])
  expect((await api.call('get', '/automations/check')).status).toBe(404)
  expect((await api.call('put', '/automations/check')).headers.get('allow')).toContain('POST')
})

test('our own failures tell nothing but the id under which they are logged', async () => {
  const reply = await api.call('get', '/things/secret')
  expect(reply).toMatchObject({ status: 500, body: { type: 'urn:perennial:problem:internal' } })
  expect(JSON.stringify(reply.body)).not.toContain('swordfish')
  expect(JSON.stringify(reply.body)).not.toContain('.ts')
})

test('a problem’s further members are in the document, and an answer may have a status of its own', async () => {
  expect(await api.call('get', '/things/conflict')).toMatchObject({ status: 409, body: { may_go_at: '2026-12-01' } })
  expect(await api.call('get', '/things/other')).toMatchObject({ status: 203, body: { right: true } })
})

test('in tests an answer that is not as declared is a failure', async () => {
  expect((await api.call('get', '/things/wrong')).status).toBe(500)
})

test('keys that reach for prototypes change nothing', async () => {
  const attack = '{"name":"x","more":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}'
  expect((await post('/things/1', attack)).status).toBe(200)
  expect(await problem(await post('/things/1', '{"name":"x","__proto__":{"polluted":1}}'))).toMatchObject({
    errors: [{ path: '/__proto__' }],
  })
  expect((await api.call('post', '/things/1?__proto__[polluted]=1&constructor=1', { name: 'x' })).status).toBe(200)
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
})

test('JSON nested without end is refused before it is built', async () => {
  const deep = `{"name":"x","more":{"a":${'['.repeat(400_000)}${']'.repeat(400_000)}}}`
  expect(await problem(await post('/things/1', deep))).toMatchObject({ detail: expect.stringContaining('200') })
  const brackets = JSON.stringify({ name: '[{"\\'.repeat(1000) })
  expect((await post('/things/1', brackets)).status).toBe(200)
})

test('text that is no UTF-8 is refused; NUL and lone surrogates are text', async () => {
  expect(await problem(await post('/things/1', Buffer.from('{"name":"\xff\xfe"}', 'latin1')))).toMatchObject({
    detail: 'The body is not valid UTF-8.',
  })
  expect((await post('/things/1', '{"name":"a\\u0000b\\ud800"}')).status).toBe(200)
  expect((await api.call('post', '/things/%00', { name: 'x' })).status).toBe(200)
  expect((await api.call('get', '/things/%E0%A4%A')).status).toBe(400)
})

test('headers cannot be injected or smuggled', async () => {
  const injected = await api.call('get', '/things/x%0d%0aset-cookie:%20a=b')
  expect(injected.headers.get('set-cookie')).toBeNull()
  const smuggled = await raw(
    'POST /api/v1/large HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  )
  expect(smuggled).toMatch(/^HTTP\/1.1 400/)
  expect(await raw('GET /healthz HTTP/1.1\r\nHost: x\r\nX-Bad: a\0b\r\n\r\n')).toMatch(/^HTTP\/1.1 400/)
  expect(await raw(`GET /healthz HTTP/1.1\r\nHost: x\r\nX-Big: ${'x'.repeat(40_000)}\r\n\r\n`)).toMatch(
    /^HTTP\/1.1 431/,
  )
  expect(await raw('GET http://evil.test/healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).not.toContain(
    'evil.test',
  )
})

test('pages come with a policy that lets in no foreign script', async () => {
  const { headers } = await fetch(`${api.url}/healthz`)
  const policy = headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'self'")
  expect(policy).toMatch(/script-src 'self'(;|$)/)
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toContain('upgrade-insecure-requests')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('x-powered-by')).toBeNull()
})
