/** Invitations, forgotten passwords, second factors, sessions, keys, and what the audit trail says of it. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { simpleParser } from 'mailparser'
import type { Account, ApiKey, ListedUser } from '../../api/contract/access.ts'
import type { AuditLine } from '../../api/contract/audit.ts'
import { codeAt, stepAt } from '../../domain/access/totp.ts'
import { execute, rows } from '../../domain/database.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { addPerson } from '../support/people.ts'
import { type FaultyServer, startFaultyServer } from '../support/smtp.ts'
import { until } from '../support/until.ts'

const PASSWORD = 'a long enough sentence'
let now = new Date('2026-11-30T12:00:00Z')
let database: TestDatabase
let smtp: FaultyServer
let api: TestApi

beforeAll(async () => {
  database = await createTestDatabase()
  smtp = await startFaultyServer(['accept'])
  api = await startApi(database.db, undefined, () => now, { smtpUrl: smtp.url, publicUrl: 'https://studio.test' })
  await addPerson(database.db, 'admin@studio.test', 'admin')
})
afterAll(async () => {
  await api?.close()
  await smtp?.close()
  await database?.drop()
})

type Reply<Body> = { status: number; body: Body; cookie: string | null }

async function call<Body = Record<string, unknown>>(
  method: string,
  path: string,
  {
    body,
    cookie,
    key,
    address = '192.0.2.1',
  }: { body?: unknown; cookie?: string; key?: string; address?: string } = {},
): Promise<Reply<Body>> {
  const response = await fetch(`${api.url}/api/v1${path}`, {
    method,
    headers: {
      'x-forwarded-for': address,
      'user-agent': 'Mozilla/5.0 (X11; Linux) Firefox/150.0',
      ...(cookie === undefined ? {} : { cookie, 'sec-fetch-site': 'same-origin' }),
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const cookies = response.headers.get('set-cookie')
  return {
    status: response.status,
    body: (text.startsWith('{') ? JSON.parse(text) : text) as Body,
    cookie: cookies === null ? null : (cookies.split(';')[0] ?? ''),
  }
}

async function signIn(email: string, password = PASSWORD, code?: string, address?: string) {
  return call('POST', '/session', {
    body: { email, password, ...(code === undefined ? {} : { code }) },
    ...(address === undefined ? {} : { address }),
  })
}
async function cookieOf(email: string, password = PASSWORD): Promise<string> {
  const { status, cookie } = await signIn(email, password)
  expect(status).toBe(200)
  return cookie ?? ''
}
const admin = <Body = Record<string, unknown>>(method: string, path: string, body?: unknown) =>
  api.call<Body>(method, path, body)

/** The mails to somebody, as their program reads them. */
const mailsTo = (email: string) =>
  Promise.all(
    smtp.mails.filter(({ to, answered }) => answered && to.includes(email)).map(({ source }) => simpleParser(source)),
  )

/** The secret in the last mail to somebody. */
async function linkTo(email: string, kind: string): Promise<string> {
  const found = async () => (await mailsTo(email)).at(-1)?.text ?? ''
  await until(async () => (await found()).includes(`/${kind}#`))
  return /#([\w-]{43})/.exec(await found())?.[1] ?? ''
}

describe('an invitation', () => {
  let invited: ListedUser & { mailed: boolean }

  test('makes an account that nobody can sign in to, and mails its link', async () => {
    const reply = await admin<typeof invited>('post', '/users', {
      email: ' Mia@Studio.test',
      name: 'Mia',
      role: 'manager',
      language: 'de',
    })
    invited = reply.body
    expect([reply.status, invited]).toMatchObject([201, { email: 'mia@studio.test', state: 'invited', mailed: true }])
    expect((await signIn('mia@studio.test', '')).status).toBe(401)
    const again = await admin('post', '/users', { email: 'mia@studio.test', name: 'Mia', role: 'admin' })
    expect(again.status).toBe(409)
  })

  test('is opened once, with a password that is not easy', async () => {
    const token = await linkTo('mia@studio.test', 'invitation')
    expect((await mailsTo('mia@studio.test')).at(-1)?.subject).toBe('Ihr Zugang bei My business')
    expect((await call('POST', '/invitations/look', { body: { token } })).body).toMatchObject({
      name: 'Mia',
      language: 'de',
    })
    for (const password of ['short', '1234567890', 'mia@studio.test', 'aaaaaaaaaaaa']) {
      expect([password, (await call('POST', '/invitations/accept', { body: { token, password } })).status]).toEqual([
        password,
        400,
      ])
    }
    const tries = await Promise.all(
      [1, 2].map(() => call('POST', '/invitations/accept', { body: { token, password: PASSWORD } })),
    )
    expect(tries.map(({ status }) => status).sort()).toEqual([200, 404])
    const cookie = tries.find(({ status }) => status === 200)?.cookie ?? ''
    expect((await call('GET', '/session', { cookie })).body).toMatchObject({
      user: { role: 'manager', language: 'de' },
    })
    expect((await call('POST', '/invitations/look', { body: { token } })).status).toBe(404)
    expect((await admin('post', `/users/${invited.id}/invite`)).status).toBe(409)
  })

  test('is over after seven days, and a new one takes the place of the old', async () => {
    const { body } = await admin<ListedUser>('post', '/users', {
      email: 'late@studio.test',
      name: 'Late',
      role: 'read_only',
    })
    const first = await linkTo('late@studio.test', 'invitation')
    await admin('post', `/users/${body.id}/invite`)
    await until(async () => (await linkTo('late@studio.test', 'invitation')) !== first)
    expect((await call('POST', '/invitations/look', { body: { token: first } })).status).toBe(404)
    const second = await linkTo('late@studio.test', 'invitation')
    expect((await call('POST', '/invitations/look', { body: { token: second } })).status).toBe(200)
    now = new Date(now.getTime() + 7 * 86_400_000 + 1)
    expect((await call('POST', '/invitations/look', { body: { token: second } })).status).toBe(404)
  })

  test.each([
    [{ email: 'x', name: 'X', role: 'admin' }, '/email'],
    [{ email: 'p@studio.test', name: 'P', role: 'provider' }, '/provider'],
    [{ email: 'p@studio.test', name: 'P', role: 'provider', provider: 'nobody' }, '/provider'],
    [{ email: 'p@studio.test', name: 'P', role: 'admin', provider: 'nobody' }, '/provider'],
    [{ email: 'p@studio.test', name: ' ', role: 'admin' }, '/name'],
    [{ email: 'p@studio.test', name: 'P', role: 'owner' }, '/role'],
  ])('%j is refused at %s', async (body, path) => {
    const reply = await admin<{ errors: { path: string }[] }>('post', '/users', body)
    expect([reply.status, reply.body.errors?.[0]?.path]).toEqual([400, path])
  })
})

describe('a forgotten password', () => {
  test('is answered the same whether there is such an account', async () => {
    const known = await call('POST', '/password-resets', { body: { email: 'mia@studio.test' } })
    const unknown = await call('POST', '/password-resets', { body: { email: 'nobody@studio.test' } })
    expect([known.status, known.body]).toEqual([unknown.status, unknown.body])
    expect(known.status).toBe(202)
    await linkTo('mia@studio.test', 'reset')
    expect(await mailsTo('nobody@studio.test')).toEqual([])
  })

  test('is replaced once, within an hour, and ends all sessions', async () => {
    const cookie = await cookieOf('mia@studio.test')
    const token = await linkTo('mia@studio.test', 'reset')
    const use = (password: string) => call('POST', '/password-resets/use', { body: { token, password } })
    expect((await use('short')).status).toBe(400)
    expect((await use('another long sentence')).status).toBe(204)
    expect((await use('another long sentence')).status).toBe(404)
    expect((await call('GET', '/session', { cookie })).status).toBe(401)
    expect((await signIn('mia@studio.test')).status).toBe(401)
    await cookieOf('mia@studio.test', 'another long sentence')

    const before = smtp.mails.length
    await call('POST', '/password-resets', { body: { email: 'mia@studio.test' } })
    await until(async () => smtp.mails.length > before)
    const late = await linkTo('mia@studio.test', 'reset')
    now = new Date(now.getTime() + 3_600_001)
    expect(
      (await call('POST', '/password-resets/use', { body: { token: late, password: 'a third long sentence' } })).status,
    ).toBe(404)
  })
})

describe('one’s own account', () => {
  test('lists where it is signed in, and ends that one by one or all at once', async () => {
    const cookies = [
      await cookieOf('admin@studio.test'),
      await cookieOf('admin@studio.test'),
      await cookieOf('admin@studio.test'),
    ]
    const [cookie = ''] = cookies
    const account = (await call<Account>('GET', '/account', { cookie })).body
    expect(account.sessions).toHaveLength(3)
    expect(account.sessions.filter(({ current }) => current)).toHaveLength(1)
    expect(account.sessions[0]).toMatchObject({ address: '192.0.2.1', device: expect.stringContaining('Firefox') })
    const other = account.sessions.find(({ current }) => !current)
    expect((await call('DELETE', `/account/sessions/${other?.id}`, { cookie })).status).toBe(204)
    expect((await call('DELETE', `/account/sessions/${other?.id}`, { cookie })).status).toBe(404)
    expect((await call('DELETE', '/account/sessions', { cookie })).body).toEqual({ ended: 1 })
    expect(
      await Promise.all(cookies.map(async (one) => (await call('GET', '/session', { cookie: one })).status)),
    ).toEqual([200, 401, 401])
  })

  test('a new password needs the one before, and ends every other session', async () => {
    const cookie = await cookieOf('mia@studio.test', 'another long sentence')
    const elsewhere = await cookieOf('mia@studio.test', 'another long sentence')
    const put = (current: string, password: string) =>
      call('PUT', '/account/password', { cookie, body: { current, password } })
    expect((await put('wrong', PASSWORD)).status).toBe(400)
    const changed = await put('another long sentence', PASSWORD)
    expect(changed.status).toBe(204)
    expect(
      await Promise.all(
        [cookie, elsewhere, changed.cookie ?? ''].map(
          async (one) => (await call('GET', '/session', { cookie: one })).status,
        ),
      ),
    ).toEqual([401, 401, 200])
  })

  test('a second factor is asked for from then on; a code counts once, so does a recovery code', async () => {
    const first = await cookieOf('mia@studio.test')
    const begin = await call<{ secret: string; uri: string }>('POST', '/account/second-factor', {
      cookie: first,
      body: { password: PASSWORD },
    })
    const { secret } = begin.body
    expect(begin.body.uri).toContain(`secret=${secret}`)
    const [stored] = await rows<{ secret: Buffer }>(
      database.db,
      "SELECT totp_secret AS secret FROM users WHERE email = 'mia@studio.test'",
    )
    expect(stored?.secret.toString('latin1')).not.toContain(secret)
    const code = () => codeAt(secret, stepAt(now))
    // not shown yet: signing in is as before
    expect((await signIn('mia@studio.test')).status).toBe(200)
    expect(
      (await call('POST', '/account/second-factor/confirm', { cookie: first, body: { code: '000000' } })).status,
    ).toBe(400)
    const confirmed = await call<{ recovery_codes: string[] }>('POST', '/account/second-factor/confirm', {
      cookie: first,
      body: { code: code() },
    })
    const codes = confirmed.body.recovery_codes
    expect(new Set(codes).size).toBe(10)
    expect((await call('GET', '/session', { cookie: first })).status).toBe(401)

    const asked = await signIn('mia@studio.test')
    expect([asked.status, asked.body.type]).toEqual([401, 'urn:perennial:problem:second_factor'])
    // the code that switched it on counts no more
    expect((await signIn('mia@studio.test', PASSWORD, code())).body.type).toBe('urn:perennial:problem:wrong_code')
    now = new Date(now.getTime() + 30_000)
    expect((await signIn('mia@studio.test', 'wrong', code())).body.type).toBe('urn:perennial:problem:wrong_credentials')
    const both = await Promise.all([1, 2].map(() => signIn('mia@studio.test', PASSWORD, code())))
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401])
    const cookie = both.find(({ status }) => status === 200)?.cookie ?? ''

    expect((await signIn('mia@studio.test', PASSWORD, codes[0])).status).toBe(200)
    expect((await signIn('mia@studio.test', PASSWORD, codes[0])).status).toBe(401)
    expect((await call<Account>('GET', '/account', { cookie })).body.second_factor).toMatchObject({
      recovery_codes_left: 9,
    })

    const remove = (body: object) => call('DELETE', '/account/second-factor', { cookie, body })
    expect((await remove({ password: PASSWORD, code: '000000' })).status).toBe(400)
    expect((await remove({ password: 'wrong', code: codes[1] })).status).toBe(400)
    expect((await remove({ password: PASSWORD, code: codes[1] })).status).toBe(204)
    expect((await signIn('mia@studio.test')).status).toBe(200)
  })

  test('codes can be guessed ten times, and nobody without the password uses that up', async () => {
    now = new Date(now.getTime() + 3_600_000)
    const cookie = await cookieOf('mia@studio.test')
    const { body } = await call<{ secret: string }>('POST', '/account/second-factor', {
      cookie,
      body: { password: PASSWORD },
    })
    await call('POST', '/account/second-factor/confirm', { cookie, body: { code: codeAt(body.secret, stepAt(now)) } })
    for (let guess = 0; guess < 15; guess++) await signIn('mia@studio.test', 'wrong', '000000', `198.51.100.${guess}`)
    const statuses: number[] = []
    for (let guess = 0; guess < 11; guess++) {
      statuses.push((await signIn('mia@studio.test', PASSWORD, '000000', `203.0.113.${guess}`)).status)
    }
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429])
    now = new Date(now.getTime() + 900_001)
    expect((await signIn('mia@studio.test', PASSWORD, codeAt(body.secret, stepAt(now)))).status).toBe(200)
  })

  test('guesses from many addresses do not lock out who is signed in at theirs', async () => {
    now = new Date(now.getTime() + 3_600_000)
    await cookieOf('admin@studio.test')
    const statuses: number[] = []
    for (let guess = 0; guess < 101; guess++) {
      statuses.push((await signIn('admin@studio.test', 'wrong', undefined, `198.51.100.${guess}`)).status)
    }
    expect(statuses.at(-1)).toBe(429)
    expect((await signIn('admin@studio.test', PASSWORD, undefined, '203.0.113.200')).status).toBe(429)
    await cookieOf('admin@studio.test')
  })

  test('programs have none', async () => {
    expect((await admin('get', '/account')).status).toBe(403)
  })
})

describe('other people’s accounts', () => {
  const idOf = async (email: string) => {
    const { body } = await admin<{ items: ListedUser[] }>('get', '/users')
    return body.items.find((user) => user.email === email)?.id ?? ''
  }

  test('whose role changes, or who is deactivated, signs in anew, or not at all', async () => {
    const { db } = database
    await addPerson(db, 'ada@studio.test', 'manager')
    const id = await idOf('ada@studio.test')
    const cookie = await cookieOf('ada@studio.test')
    await admin('patch', `/users/${id}`, { name: 'Ada L.' })
    expect((await call('GET', '/session', { cookie })).status).toBe(200)
    expect((await admin('patch', `/users/${id}`, { role: 'read_only' })).body).toMatchObject({
      role: 'read_only',
      name: 'Ada L.',
    })
    expect((await call('GET', '/session', { cookie })).status).toBe(401)
    const second = await cookieOf('ada@studio.test')
    expect((await admin('patch', `/users/${id}`, { active: false })).body).toMatchObject({ state: 'deactivated' })
    expect((await call('GET', '/session', { cookie: second })).status).toBe(401)
    expect((await signIn('ada@studio.test')).status).toBe(401)
    await admin('patch', `/users/${id}`, { active: true })
    const third = await cookieOf('ada@studio.test')
    expect((await admin('delete', `/users/${id}/sessions`)).body).toEqual({ ended: 1 })
    expect((await call('GET', '/session', { cookie: third })).status).toBe(401)
  })

  test('the last admin stays one, also when two try at once', async () => {
    const { db } = database
    const one = await idOf('admin@studio.test')
    for (const change of [{ role: 'manager' }, { active: false }]) {
      expect((await admin('patch', `/users/${one}`, change)).status).toBe(409)
    }
    await addPerson(db, 'second@studio.test', 'admin')
    const two = await idOf('second@studio.test')
    const both = await Promise.all([one, two].map((id) => admin('patch', `/users/${id}`, { role: 'manager' })))
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    await execute(db, "UPDATE users SET role = 'admin' WHERE id IN (?, ?)", [Number(one), Number(two)])
  })
})

describe('a key', () => {
  test('is shown once, has its scopes, ends when it is over or revoked', async () => {
    const expires = new Date(now.getTime() + 86_400_000).toISOString()
    const made = await admin<ApiKey & { key: string }>('post', '/api-keys', {
      name: 'till',
      scopes: ['customers.read'],
      expires_at: expires,
    })
    expect(made.status).toBe(201)
    const { key, id } = made.body
    const list = await admin<{ items: ApiKey[] }>('get', '/api-keys')
    expect(JSON.stringify(list.body)).not.toContain(key)
    expect(list.body.items[0]).toMatchObject({ name: 'till', prefix: key.slice(0, 9), last_used_at: null })
    expect((await call('GET', '/customers', { key })).status).toBe(200)
    expect((await call('GET', '/segments', { key })).body).toMatchObject({ status: 403, permission: 'segments.read' })
    expect((await admin<{ items: ApiKey[] }>('get', '/api-keys')).body.items[0]?.last_used_at).not.toBeNull()
    const start = now
    now = new Date(now.getTime() + 86_400_001)
    expect((await call('GET', '/customers', { key })).status).toBe(401)
    now = start
    expect((await admin('delete', `/api-keys/${id}`)).status).toBe(204)
    expect((await call('GET', '/customers', { key })).status).toBe(401)
  })

  test('gives no more than it has, and a provider’s no more than a provider may', async () => {
    await admin('post', '/ingest', { providers: [{ id: 'ben', name: 'Ben' }] })
    const maker = await admin<{ key: string }>('post', '/api-keys', {
      name: 'maker',
      scopes: ['keys.write', 'customers.read'],
    })
    const make = (body: object) => call('POST', '/api-keys', { key: maker.body.key, body: { name: 'x', ...body } })
    expect((await make({ scopes: null })).status).toBe(403)
    expect((await make({ scopes: ['users.write'] })).status).toBe(403)
    expect((await make({ scopes: ['customers.read'] })).status).toBe(201)
    const ofBen = (scopes: string[] | null) =>
      admin<{ key: string }>('post', '/api-keys', { name: 'bens', provider: 'ben', scopes })
    expect((await ofBen(['users.write'])).status).toBe(400)
    const all = await ofBen(null)
    expect((await call('GET', '/users', { key: all.body.key })).status).toBe(403)
    expect((await call('GET', '/session', { key: all.body.key })).body).toMatchObject({
      user: { role: 'provider', provider: { id: 'ben' } },
    })
  })

  test('with an Idempotency-Key is not kept as an answer', async () => {
    await api.call('post', '/api-keys', { name: 'once', scopes: null }, { 'idempotency-key': 'one' })
    expect(await rows(database.db, "SELECT 1 FROM idempotency_keys WHERE body LIKE '%pk~_%' ESCAPE '~'")).toEqual([])
  })
})

describe('the audit trail', () => {
  const lines = async (query: string) => (await admin<{ items: AuditLine[] }>('get', `/audit?${query}`)).body.items

  test('says who changed what, from where, with before and after, and no secrets', async () => {
    const cookie = await cookieOf('admin@studio.test')
    await call('PUT', '/settings', { cookie, body: { name: 'Quiet Studio' } })
    const [line] = await lines('entity=settings')
    expect(line).toMatchObject({
      actor: { kind: 'user', name: 'admin@studio.test' },
      ...{ address: '192.0.2.1', permission: 'settings.write', method: 'PUT', route: '/settings', status: 200 },
      before: { name: 'My business' },
      after: { name: 'Quiet Studio' },
    })
    const all = JSON.stringify(await rows(database.db, 'SELECT * FROM audit_entries'))
    expect(all).not.toContain(PASSWORD)
    expect(all).not.toMatch(/pk_[\w-]{20}/)
  })

  test('has signing in, refusals, people and keys', async () => {
    await addPerson(database.db, 'reader@studio.test', 'read_only')
    const cookie = await cookieOf('reader@studio.test')
    expect((await call('PUT', '/settings', { cookie, body: { name: 'Mine' } })).status).toBe(403)
    await signIn('reader@studio.test', 'wrong')
    const [wrong, refused, entered] = await lines('text=reader')
    expect(wrong).toMatchObject({
      status: 401,
      entity: { kind: 'session' },
      actor: { kind: 'nobody', name: 'reader@studio.test' },
    })
    expect(refused).toMatchObject({
      status: 403,
      route: '/settings',
      actor: { name: 'reader@studio.test' },
      after: null,
    })
    expect(entered).toMatchObject({ status: 200, actor: { kind: 'user' } })
    expect(await lines('text=reader&done=true')).toHaveLength(1)
    const [role] = (await lines('entity=users&text=Ada')).filter(
      ({ before }) => (before as { role?: string })?.role === 'manager',
    )
    expect(role).toMatchObject({ before: { role: 'manager' }, after: { role: 'read_only' } })
    expect((await lines('entity=api-keys')).length).toBeGreaterThan(3)
    const file = await api.call<string>('get', '/audit/export?entity=settings&done=true')
    expect(file.body.split('\r\n')[1]).toContain('admin@studio.test')
    expect((await call('GET', '/audit', { cookie })).status).toBe(403)
  })

  test('is only ever added to', async () => {
    const { db } = database
    await expect(execute(db, "UPDATE audit_entries SET actor = 'x'")).rejects.toThrow(/only ever added/)
    await expect(execute(db, 'DELETE FROM audit_entries')).rejects.toThrow(/only ever added/)
  })
})
