import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Automation, AutomationVersion } from '../../api/contract/automations.ts'
import type { AutomationSteps, Enrolment } from '../../api/contract/enrolments.ts'
import { type Database, execute, rows } from '../../domain/database.ts'
import type { Step } from '../../rules/automations/automation.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { automationOf, playUntil, waysOf } from '../support/automations.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { insertClienteles } from '../support/loyalty.ts'
import { addPerson, callAs } from '../support/people.ts'
import { recordingChannel } from '../support/sending.ts'

const NOW = new Date('2026-06-10T10:00:00.000Z')
const clock = { now: NOW }

let database: TestDatabase
let db: Database
let api: TestApi
let anna: Awaited<ReturnType<typeof callAs>>
let manager: Awaited<ReturnType<typeof callAs>>
beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  const { providerIds } = await insertClienteles(db, 4)
  api = await startApi(db, undefined, () => clock.now)
  await addPerson(db, 'anna@studio.test', 'provider', providerIds.anna)
  await addPerson(db, 'manager@studio.test', 'manager')
  anna = await callAs(api, 'anna@studio.test')
  manager = await callAs(api, 'manager@studio.test')
  const then: Step[] = [{ id: 'week', wait: { days: 7 } }]
  const begins = { when: { on: 'event', name: 'quiz' }, again: 'never', then } as const
  await automationOf(db, { scope: 'provider', ...begins }, NOW, 'each')
  await automationOf(db, { scope: 'business', ...begins }, NOW, 'whole')
})
afterAll(async () => {
  await api?.close()
  await database?.drop()
})

type Told = { recorded: number; known: number; errors: { path: string; message: string }[] }

test('events by HTTP: the good ones count once, the others say what is wrong, and who they are of enters', async () => {
  const events = [
    { id: 'e1', name: 'quiz', customer: 'c0', provider: 'anna' },
    { id: 'e2', name: 'quiz', customer: 'c1', provider: 'ben' },
    { id: 'e3', name: 'quiz', customer: 'nobody' },
    { id: 'e4', name: 'quiz', customer: 'c0', provider: 'zoe' },
  ]
  const first = await api.call<Told>('post', '/events', { events })
  expect([first.status, first.body]).toMatchObject([
    207,
    { recorded: 2, known: 0, errors: [{ path: '/events/2/customer' }, { path: '/events/3/provider' }] },
  ])
  expect(api.asked).toEqual([['wakeSegments'], ['dispatchOutbox']])
  expect((await api.call<Told>('post', '/events', { events: events.slice(0, 2) })).body).toEqual({
    recorded: 0,
    known: 2,
    errors: [],
  })
  expect((await api.call('post', '/events', { events: events.slice(2) })).status).toBe(400)
  expect((await api.call('post', '/events', { events: [] })).status).toBe(400)
  expect((await api.call('post', '/events', { events: [{ ...events[0], at: 'yesterday' }] })).status).toBe(400)
  expect((await anna('post', '/events', { events: events.slice(0, 1) })).status).toBe(403)
  await playUntil(db, NOW, { clock, channel: recordingChannel().channel })
  expect((await waysOf(db)).map(({ customer, state }) => `${customer} ${state}`).sort()).toEqual([
    'c0 at week',
    'c0 at week',
    'c1 at week',
    'c1 at week',
  ])
})

test('a provider sees automations with their own customers only, and changes nothing', async () => {
  const { body: list } = await anna<{ items: Automation[] }>('get', '/automations')
  expect(list.items.map(({ id, numbers }) => [id, numbers.inside]).sort()).toEqual([
    ['each', 1],
    ['whole', 0],
  ])
  const names = async (path: string) =>
    (await anna<{ items: Enrolment[] }>('get', path)).body.items.map(({ customer }) => customer.id)
  expect(await names('/automations/each/enrolments')).toEqual(['c0'])
  expect(await names('/automations/whole/enrolments')).toEqual([])
  // as one who does not exist
  expect((await anna('get', '/automations/each/enrolments?provider=ben')).status).toBe(404)
  expect((await anna<AutomationSteps>('get', '/automations/each/steps')).body).toMatchObject({
    entered: 1,
    steps: [{ step: 'week', inside: 1 }],
  })
  const { body: versions } = await anna<{ items: AutomationVersion[] }>('get', '/automations/each/versions')
  expect(versions.items.map(({ entered }) => entered)).toEqual([1])
  expect((await api.call<AutomationVersion>('get', '/automations/each/versions/1')).body.entered).toBe(2)
  const refused = await Promise.all([
    anna('get', '/automations/each/draft'),
    anna('post', '/automations', { name: 'Mine', definition: {} }),
    anna('patch', '/automations/each', { name: 'Mine' }),
    anna('delete', '/automations/each'),
    anna('post', '/automations/each/pause'),
    anna('post', '/automations/each/stop'),
    anna('post', '/automations/each/enrol', { customers: ['c0'] }),
    anna('post', '/automations/each/retry', {}),
    anna('post', '/automations/each/exit', { enrolments: ['1'] }),
    anna('post', '/automations/preview', { definition: {} }),
    anna('post', '/automations/dry-run', { definition: {} }),
    anna('post', '/automations/walk', { definition: {}, customer: 'c0' }),
  ])
  expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 403))
  expect(await rows(db, "SELECT 1 FROM automations WHERE state <> 'live'")).toEqual([])
})

test('the secret of webhooks is for admins, shown when asked, and the one before signs for a day', async () => {
  type Secret = { secret?: string; ends_with: string; previous_until: string | null }
  const masked = await api.call<Secret>('get', '/settings/webhook-secret')
  expect(masked.body).toEqual({ ends_with: expect.any(String), created_at: expect.any(String), previous_until: null })
  const { body: shown } = await api.call<Secret>('post', '/settings/webhook-secret/show')
  expect(shown.secret).toMatch(/^whsec_[\w-]{43}$/)
  expect(shown.secret?.endsWith(masked.body.ends_with)).toBe(true)
  const { body: fresh } = await api.call<Secret>('post', '/settings/webhook-secret/rotate')
  expect(fresh.secret).not.toBe(shown.secret)
  expect(fresh.previous_until).toBe('2026-06-11T10:00:00.000Z')
  await Promise.all([1, 2].map(() => api.call('post', '/settings/webhook-secret/rotate')))
  expect(await rows(db, "SELECT version FROM secrets WHERE name = 'webhooks'")).toHaveLength(2)
  for (const act of ['', '/show', '/rotate']) {
    const method = act === '' ? 'get' : 'post'
    expect((await manager(method, `/settings/webhook-secret${act}`)).status).toBe(403)
    expect((await anna(method, `/settings/webhook-secret${act}`)).status).toBe(403)
  }
  await execute(db, "DELETE FROM secrets WHERE name = 'webhooks'")
})
