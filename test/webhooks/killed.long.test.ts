import type { ChildProcess } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { execute, rows } from '../../domain/database.ts'
import { readSettings } from '../../domain/settings/readSettings.ts'
import { createEndpoint } from '../../domain/webhooks/endpoints.ts'
import { noteEvents } from '../../domain/webhooks/noteEvents.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'
import { kill, startProcess } from '../support/sending.ts'
import { createNamespace, temporalAddress } from '../support/temporal.ts'
import { until } from '../support/until.ts'

let database: TestDatabase
let receiver: Receiver
const children: ChildProcess[] = []
beforeAll(async () => {
  database = await createTestDatabase()
  await readSettings(database.db)
  receiver = await startReceiver()
})
afterAll(async () => {
  await Promise.all(children.map(kill))
  await receiver?.close()
  await database?.drop()
})

test('workers that are killed over their calls lose none: each arrives, under one id, and the log has the tries that were cut off', async () => {
  const { db, url } = database
  const namespace = await createNamespace()
  const start = async () => {
    const { child } = await startProcess('activities/worker.ts', {
      DATABASE_URL: url,
      TEMPORAL_ADDRESS: temporalAddress(),
      TEMPORAL_NAMESPACE: namespace,
      SMTP_URL: 'smtp://127.0.0.1:1',
      PUBLIC_URL: 'http://studio.test',
      PERENNIAL_PRIVATE_WEBHOOKS: '1',
    })
    children.push(child)
    return child
  }
  await createEndpoint(db, { name: 'CRM', url: receiver.url, events: ['status.changed'] }, 'test', new Date())
  const event = { type: 'status.changed' as const, customerId: 0, providerId: 0, data: {} }
  // while it keeps silent, calls are in hand
  receiver.answer(() => 'silent')
  await noteEvents(
    db,
    Array.from({ length: 100 }, () => event),
    new Date(),
  )
  const first = await start()
  await until(async () => receiver.received.length >= 10)
  await kill(first)
  const inHand = receiver.received.length
  receiver.answer(() => 204)
  await start()
  // what the dead one had in hand is anybody's when its minute is over
  await until(async () => {
    await execute(db, "UPDATE webhook_calls SET due_at = UTC_TIMESTAMP(3) WHERE state = 'queued' AND claim IS NOT NULL")
    return (await rows(db, "SELECT id FROM webhook_calls WHERE state <> 'done'")).length === 0
  })
  const ids = receiver.received.map(({ body }) => body.id)
  expect(new Set(ids).size).toBe(100)
  expect(await rows(db, 'SELECT id FROM webhook_calls')).toHaveLength(100)
  expect(await rows(db, 'SELECT id FROM webhook_events')).toHaveLength(100)
  const cut = await rows(db, 'SELECT id FROM webhook_attempts WHERE outcome IS NULL')
  expect(cut.length).toBeGreaterThanOrEqual(Math.min(inHand, 10))
})
