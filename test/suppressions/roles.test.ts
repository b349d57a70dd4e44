import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Database } from '../../domain/database.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { insertClienteles } from '../support/loyalty.ts'
import { addPerson, callAs } from '../support/people.ts'

type Listed = { items: { customer: { id: string }; provider: string | null }[]; total: number }

describe('whom nothing is sent to, by who says so', () => {
  let database: TestDatabase
  let db: Database
  let api: TestApi
  let anna: Awaited<ReturnType<typeof callAs>>
  beforeAll(async () => {
    database = await createTestDatabase()
    db = database.db
    const { providerIds } = await insertClienteles(db, 4)
    api = await startApi(db)
    await addPerson(db, 'anna@studio.test', 'provider', providerIds.anna)
    await addPerson(db, 'nobody@studio.test', 'provider')
    await addPerson(db, 'manager@studio.test', 'manager')
    anna = await callAs(api, 'anna@studio.test')
  })
  beforeEach(() => db('suppressions').delete())
  afterAll(async () => {
    await api.close()
    await database.drop()
  })
  const count = async () => (await db('suppressions')).length

  test('a provider decides for their own customers about their own mail', async () => {
    expect((await anna('put', '/suppressions/c0?provider=anna', { reason: 'by_hand' })).status).toBe(200)
    expect((await anna('get', '/suppressions')).body).toMatchObject({ total: 1, items: [{ customer: { id: 'c0' } }] })
    expect((await anna('delete', '/suppressions/c0?provider=anna')).status).toBe(204)
    expect(await count()).toBe(0)
  })

  test.each([
    ['another provider', '/suppressions/c1?provider=ben', 404],
    ['another provider, a customer of their own', '/suppressions/c0?provider=ben', 404],
    ['the whole business', '/suppressions/c0', 403],
    ['a customer of another provider', '/suppressions/c1?provider=anna', 404],
    ['nobody', '/suppressions/c99?provider=anna', 404],
    ['a provider who does not exist', '/suppressions/c0?provider=zoe', 404],
  ])('and nothing about %s', async (_, path, status) => {
    await api.call('put', '/suppressions/c0', { reason: 'unsubscribed' })
    await api.call('put', '/suppressions/c1?provider=ben', { reason: 'unsubscribed' })
    expect((await anna('put', path, {})).status).toBe(status)
    expect((await anna('delete', path)).status).toBe(status)
    expect(await count()).toBe(2)
  })

  test('a customer of somebody else cannot be told from one who does not exist', async () => {
    const other = await anna('put', '/suppressions/c1?provider=anna', {})
    const none = await anna('put', '/suppressions/c99?provider=anna', {})
    expect(String(other.body.detail).replace('c1', '')).toBe(String(none.body.detail).replace('c99', ''))
  })

  test('what mail servers say is not a provider’s to say', async () => {
    for (const reason of ['bounced', 'complained']) {
      const { status, body } = await anna('put', '/suppressions/c0?provider=anna', { reason })
      expect(status).toBe(400)
      expect(body.errors).toMatchObject([{ path: '/reason' }])
    }
    expect(await count()).toBe(0)
  })

  test('a provider sees their own only, a manager and a program everything', async () => {
    for (const path of ['c0', 'c0?provider=anna', 'c1?provider=ben', 'c2?provider=anna&kind=loyalty']) {
      expect((await api.call('put', `/suppressions/${path}`, {})).status).toBe(200)
    }
    const own = (await anna<Listed>('get', '/suppressions?limit=1')).body
    expect(own).toMatchObject({ total: 2, items: [{ customer: { id: 'c0' }, provider: 'anna' }] })
    const manager = await callAs(api, 'manager@studio.test')
    expect((await manager<Listed>('get', '/suppressions')).body.total).toBe(4)
    expect((await manager('delete', '/suppressions/c0')).status).toBe(204)
    expect((await api.call<Listed>('get', '/suppressions')).body.total).toBe(3)
  })

  test('of whom nobody has said which provider they are: nothing', async () => {
    const nobody = await callAs(api, 'nobody@studio.test')
    expect((await nobody('get', '/suppressions')).status).toBe(403)
    expect((await nobody('put', '/suppressions/c0?provider=anna', {})).status).toBe(403)
  })
})
