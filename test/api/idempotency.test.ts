import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { z } from 'zod'
import { endpoint } from '../../api/contract/endpoint.ts'
import { Answer, route } from '../../api/server/route.ts'
import { hashToken } from '../../domain/access/token.ts'
import { rows } from '../../domain/database.ts'
import { Problem } from '../../domain/errors.ts'
import { removeOldKeys } from '../../domain/idempotency/removeOldKeys.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const HOUR = 3_600_000
let done = 0
let behave: () => Promise<void> = async () => {}

const act = route(
  endpoint({
    method: 'post',
    path: '/act',
    permission: 'signed_in',
    summary: 'Does something that must not be done twice',
    body: z.strictObject({ what: z.string() }),
    answer: z.object({ done: z.int() }),
    status: 201,
    statuses: [207],
    once: true,
  }),
  async ({ body }) => {
    await behave()
    done++
    return body.what === 'partly' ? new Answer(207, { done }) : { done }
  },
)
const remove = route(
  endpoint({ method: 'delete', path: '/act', permission: 'signed_in', summary: 'Removes' }),
  async () => {
    await behave()
    done++
  },
)

let now = new Date('2026-11-25T12:00:00Z')
let database: TestDatabase
let api: TestApi
beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.db, [act, remove], () => now)
})
afterAll(async () => {
  await api?.close()
  await database?.drop()
})
beforeEach(() => {
  done = 0
  behave = async () => {}
})

const call = (key: string, what = 'x', headers: Record<string, string> = {}) =>
  api.call('post', '/act', { what }, { 'idempotency-key': key, ...headers })

test('the second call with a key gets the first one’s answer, and nothing is done', async () => {
  const first = await call('a')
  const second = await call('a')
  expect(first).toMatchObject({ status: 201, body: { done: 1 } })
  expect(second).toMatchObject({ status: 201, body: { done: 1 } })
  expect(first.headers.get('idempotency-replayed')).toBeNull()
  expect(second.headers.get('idempotency-replayed')).toBe('true')
  expect(second.headers.get('content-type')).toBe(first.headers.get('content-type'))
  expect(done).toBe(1)
})

test('without a key, each call is done', async () => {
  await api.call('post', '/act', { what: 'x' })
  expect(await api.call('post', '/act', { what: 'x' })).toMatchObject({ body: { done: 2 } })
})

test('an answer with a status of its own and one without a body come again as they were', async () => {
  await call('partly', 'partly')
  expect(await call('partly', 'partly')).toMatchObject({ status: 207, body: { done: 1 } })
  const headers = { 'idempotency-key': 'gone' }
  await api.call('delete', '/act', undefined, headers)
  expect(await api.call('delete', '/act', undefined, headers)).toMatchObject({ status: 204, body: '' })
  expect(done).toBe(2)
})

test('the same key for another request is refused', async () => {
  await call('b', 'x')
  expect(await call('b', 'y')).toMatchObject({
    status: 422,
    body: { type: 'urn:perennial:problem:idempotency_mismatch' },
  })
  const otherAddress = await api.call('post', '/act?a=1', { what: 'x' }, { 'idempotency-key': 'b' })
  expect(otherAddress.status).toBe(422)
  expect(done).toBe(1)
})

test('of 20 calls at once with one key one is done; the others wait their turn or get its answer', async () => {
  // what is being done takes until another call has heard something
  const heard = Promise.withResolvers<void>()
  behave = () => Promise.race([heard.promise, sleep(10_000)])
  const replies = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const reply = await call('c')
      heard.resolve()
      return reply
    }),
  )
  expect(done).toBe(1)
  for (const { status, body } of replies) {
    if (status === 409) expect(body).toMatchObject({ type: 'urn:perennial:problem:conflict', retry_after: 1 })
    else expect({ status, body }).toEqual({ status: 201, body: { done: 1 } })
  }
  expect(replies.filter(({ status }) => status === 409).length).toBeGreaterThan(0)
  expect(await call('c')).toMatchObject({ status: 201, body: { done: 1 } })
})

test('a call that was refused may be made again with its key', async () => {
  behave = () => Promise.reject(new Problem('conflict', 'Not now.'))
  expect((await call('d')).status).toBe(409)
  expect((await call('d', 3 as never)).status).toBe(400)
  behave = async () => {}
  expect(await call('d')).toMatchObject({ status: 201, body: { done: 1 } })
})

test('after a failure of ours, what may be repeated may be called again; what may not is never done by itself', async () => {
  const removing = () => api.call('delete', '/act', undefined, { 'idempotency-key': 'failed' })
  behave = () => Promise.reject(new Error('broken'))
  expect((await removing()).status).toBe(500)
  expect((await call('not-twice')).status).toBe(500)
  behave = async () => {}
  expect((await removing()).status).toBe(204)
  expect(await call('not-twice')).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining('interrupted') },
  })
  expect(done).toBe(1)
})

test('another caller’s key is another key', async () => {
  await database.db('api_keys').insert({ name: 'till', key_hash: hashToken('k-1'), created_at: now })
  await call('e')
  expect(await call('e', 'x', { authorization: 'Bearer k-1' })).toMatchObject({ status: 201, body: { done: 2 } })
})

test('after 24 hours a key is new, and its row is removed', async () => {
  await call('f')
  now = new Date(now.getTime() + 23 * HOUR)
  expect(await call('f')).toMatchObject({ body: { done: 1 } })
  now = new Date(now.getTime() + HOUR)
  const replies = await Promise.all(Array.from({ length: 20 }, () => call('f')))
  expect(done).toBe(2)
  expect(replies.filter(({ status }) => status !== 201 && status !== 409)).toEqual([])
  // many at the end of many keys, while the old ones are removed
  for (let day = 1; day <= 5; day++) {
    now = new Date(now.getTime() + 25 * HOUR)
    const calls = Array.from({ length: 30 }, (_, index) => call(`f${index % 3}`))
    const [, ...after] = await Promise.all([removeOldKeys(database.db, now), ...calls])
    expect(after.filter(({ status }) => status !== 201 && status !== 409)).toEqual([])
    expect(done).toBe(2 + 3 * day)
  }
  await removeOldKeys(database.db, new Date(now.getTime() + 25 * HOUR))
  expect(await rows(database.db, 'SELECT * FROM idempotency_keys')).toEqual([])
})

test('a call that was killed: what may not be repeated stays taken, the rest is done by one of the next', async () => {
  behave = () => new Promise(() => {})
  const patience = { signal: AbortSignal.timeout(200) }
  const headers = { authorization: `Bearer ${api.key}`, 'content-type': 'application/json', 'idempotency-key': 'g' }
  const hanging = ['POST', 'DELETE'].map((method) => {
    const body = method === 'POST' ? { body: '{"what":"x"}' } : {}
    const key = { 'idempotency-key': `killed-${method}` }
    return fetch(`${api.url}/api/v1/act`, { method, headers: { ...headers, ...key }, ...body, ...patience }).catch(
      () => null,
    )
  })
  await Promise.all(hanging)
  behave = () => sleep(50)
  const removing = () => api.call('delete', '/act', undefined, { 'idempotency-key': 'killed-DELETE' })
  expect((await removing()).status).toBe(409)
  now = new Date(now.getTime() + 61_000)
  const replies = await Promise.all(Array.from({ length: 10 }, removing))
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([204, 409]))
  expect(done).toBe(1)
  expect((await removing()).status).toBe(204)
  expect(await call('killed-POST')).toMatchObject({ status: 409 })
  expect(done).toBe(1)
})

test.each(['', 'x'.repeat(129), 'with space', 'ü'])('the key %j is refused', async (key) => {
  const reply = await api.call('post', '/act', { what: 'x' }, { 'idempotency-key': key })
  expect(reply).toMatchObject({ status: 400, body: { errors: [{ path: '/headers/idempotency-key' }] } })
})
