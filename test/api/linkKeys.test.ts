import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { deliverDue } from '../../domain/deliveries/deliverDue.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { attempt, frozenCampaign, insertCustomers, recordingChannel } from '../support/sending.ts'

let database: TestDatabase
let api: TestApi

beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.db)
  await insertCustomers(database.db, 2)
})
afterAll(async () => {
  await api.close()
  await database.drop()
})

type Keys = { items: { version: number; signs: boolean }[] }

/** The link in the mail of a new campaign. */
async function sendOne(): Promise<string> {
  const campaign = await frozenCampaign(database.db, { customers: ['c0'] })
  const { channel, taken } = recordingChannel()
  await deliverDue(database.db, campaign, { ...attempt(channel), publicUrl: api.url })
  return /<a href="([^"]+\/t\/c\/[^"]+)"/.exec(taken[0]?.html ?? '')?.[1] ?? ''
}

const status = async (link: string) => (await fetch(link, { redirect: 'manual' })).status

test('links go on working when the key is replaced, and stop when the old one is forgotten', async () => {
  const old = await sendOne()
  expect(await status(old)).toBe(302)

  const rotated = await api.call<Keys>('post', '/link-keys')
  expect(rotated).toMatchObject({
    status: 201,
    body: {
      items: [
        { version: 2, signs: true },
        { version: 1, signs: false },
      ],
    },
  })
  const fresh = await sendOne()
  expect([await status(old), await status(fresh)]).toEqual([302, 302])

  expect((await api.call('delete', '/link-keys/2')).status).toBe(409)
  expect((await api.call('delete', '/link-keys/7')).status).toBe(404)
  expect((await api.call('delete', '/link-keys/1')).status).toBe(204)
  expect([await status(old), await status(fresh)]).toEqual([404, 302])
  expect((await api.call<Keys>('get', '/link-keys')).body.items).toHaveLength(1)
})

test('keys are counted up when several are made at once, and never shown', async () => {
  await Promise.all(Array.from({ length: 5 }, () => api.call('post', '/link-keys')))
  const { body } = await api.call<Keys>('get', '/link-keys')
  expect(body.items.map(({ version }) => version)).toEqual([7, 6, 5, 4, 3, 2])
  expect(JSON.stringify(body)).not.toMatch(/value|[0-9a-f]{16}/)
  const made = await Promise.all(Array.from({ length: 30 }, () => api.call('post', '/link-keys')))
  expect(made.filter(({ status }) => status === 409).length).toBeGreaterThan(0)
  expect((await api.call<Keys>('get', '/link-keys')).body.items).toHaveLength(20)
})
