import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { readSettings } from '../../domain/settings/readSettings.ts'
import { buildUi } from '../../scripts/parts/ui.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
let api: TestApi
beforeAll(async () => {
  database = await createTestDatabase()
  await readSettings(database.db)
  api = await startApi(database.db, undefined, undefined, {
    publicUrl: 'https://studio.test',
    uiDir: await buildUi(),
  })
}, 180_000)
afterAll(async () => {
  await api?.close()
  await database?.drop()
})

/** The directives of a policy. */
const policyOf = (headers: Headers): Record<string, string> =>
  Object.fromEntries(
    (headers.get('content-security-policy') ?? '').split(';').map((directive) => {
      const [name = '', ...values] = directive.trim().split(' ')
      return [name, values.join(' ')]
    }),
  )

/** An answer of every kind: pages, files, JSON, refusals, what customers and mail services call. */
const KINDS = [
  '/segments',
  '/sign-in',
  '/api/v1/openapi.json',
  '/api/v1/segments',
  '/api/v1/audit/export',
  '/api/v1/nothing',
  '/api/v1/session',
  '/healthz',
  '/readyz',
  '/signup',
  '/u/x',
  '/t/o/x',
  '/t/c/x',
  '/s/x',
  '/i/x.png',
  '/hooks/postmark',
  '/push/x',
  '/assets/nothing.js',
  '/%E0%A4%A',
]

test('every kind of answer says what browsers may do with it', async () => {
  for (const path of KINDS) {
    const { headers, status } = await fetch(`${api.url}${path}`, {
      redirect: 'manual',
      headers: { accept: 'text/html,*/*', authorization: path.startsWith('/api') ? `Bearer ${api.key}` : '' },
    })
    const policy = policyOf(headers)
    expect([path, status < 500]).toEqual([path, true])
    if (policy['default-src'] === "'none'") {
      // pages of customers and pictures: no script but our own file for notifications, styles by their hash
      expect([path, [undefined, "'self'"].includes(policy['script-src'])]).toEqual([path, true])
      expect([path, policy['style-src'] ?? 'sha256-']).toEqual([path, expect.stringContaining('sha256-')])
      expect([path, 'sandbox' in policy || policy['base-uri'] === "'none'"]).toEqual([path, true])
      expect([path, 'sandbox' in policy || policy['frame-ancestors'] === "'none'"]).toEqual([path, true])
    } else {
      expect([path, policy]).toMatchObject([
        path,
        {
          'default-src': "'self'",
          'script-src': "'self'",
          'script-src-attr': "'none'",
          'connect-src': "'self'",
          'form-action': "'self'",
          'object-src': "'none'",
          'base-uri': "'none'",
          'frame-ancestors': "'none'",
          // Mantine and the source editor set styles inline, as attributes and as elements that no hash can name before
          // they are made; a style runs nothing, and loads nothing but pictures, which previews of mails need from anywhere
          'style-src': "'self' 'unsafe-inline'",
        },
      ])
    }
    expect([path, headers.get('x-content-type-options'), headers.get('x-powered-by')]).toEqual([path, 'nosniff', null])
    expect([path, headers.get('referrer-policy')]).toEqual([path, 'no-referrer'])
    expect([path, headers.get('strict-transport-security')]).toMatchObject([path, expect.stringContaining('max-age=')])
    expect([path, headers.get('x-request-id')]).toMatchObject([path, expect.stringMatching(/^[\w-]{36}$/)])
    // no other site may read an answer
    expect([path, headers.get('access-control-allow-origin')]).toEqual([path, null])
    if (path.startsWith('/api')) expect([path, headers.get('cache-control')]).toEqual([path, 'no-store'])
  }
})

test('an answer is what its header says, whatever stands in it', async () => {
  const refused = await fetch(`${api.url}/api/v1/segments/%3Cscript%3E`, {
    headers: { authorization: `Bearer ${api.key}` },
  })
  expect(refused.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  const file = await fetch(`${api.url}/api/v1/audit/export`, { headers: { authorization: `Bearer ${api.key}` } })
  expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+"$/)
})

test('a page of another site does nothing with somebody’s cookie, and no answer is for it', async () => {
  for (const headers of [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.test' },
    { origin: 'null' },
  ] as Record<string, string>[]) {
    const reply = await fetch(`${api.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain', ...headers },
      body: '{}',
    })
    expect([headers, reply.status]).toEqual([headers, 403])
  }
})

test('guessing is slowed down by address: passwords, invitations, forgotten passwords', async () => {
  const ask = (path: string, body: unknown, address: string) =>
    fetch(`${api.url}/api/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
      body: JSON.stringify(body),
    })
  const tries = [
    ['/invitations/look', { token: 'x'.repeat(43) }],
    ['/password-resets', { email: 'somebody@studio.test' }],
    ['/session', { email: 'nobody@studio.test', password: 'guess' }],
  ] as const
  for (const [n, [path, body]] of tries.entries()) {
    let last: Response | undefined
    for (let attempt = 0; attempt < 70 && last?.status !== 429; attempt++)
      last = await ask(path, body, `198.51.100.${n}`)
    expect([path, last?.status, Number(last?.headers.get('retry-after')) > 0]).toEqual([path, 429, true])
    // somebody else goes on
    expect([path, (await ask(path, body, '203.0.113.7')).status === 429]).toEqual([path, false])
  }
})
