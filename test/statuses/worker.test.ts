/** With a real worker process: a booking moves a lead by itself, and a saved rule is applied to everybody. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { rows } from '../../domain/database.ts'
import { installStatusAutomation } from '../../domain/statuses/installStatusAutomation.ts'
import { saveStatusRules } from '../../domain/statuses/saveStatusRules.ts'
import { STANDARD_RULES } from '../../domain/statuses/standardRules.ts'
import { send } from '../ingest/support.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { kill, startProcess } from '../support/sending.ts'
import { createNamespace, temporalAddress } from '../support/temporal.ts'
import { until } from '../support/until.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await installStatusAutomation(database.db, new Date())
})
afterAll(() => database.drop())

const changes = () =>
  rows<{ id: string; to_status: string; cause: string }>(
    database.db,
    `SELECT c.external_id AS id, s.to_status, s.cause FROM status_changes s JOIN customers c ON c.id = s.customer_id
     ORDER BY s.id`,
  )

test('leads become customers by what comes in, and by a rule that is saved', async () => {
  const { db } = database
  const { child } = await startProcess('activities/worker.ts', {
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: temporalAddress(),
    TEMPORAL_NAMESPACE: await createNamespace(),
    SMTP_URL: 'smtp://127.0.0.1:1',
  })
  try {
    const starts_at = new Date(Date.now() - 86_400_000).toISOString()
    const customers = [
      { id: 'anna', first_name: 'Anna' },
      { id: 'bo', first_name: 'Bo' },
    ]
    await send(db, { customers, bookings: [{ id: 'b', customer: 'anna', starts_at, state: 'attended' }] }, new Date())
    await until(async () => (await changes()).length === 1)
    expect(await changes()).toEqual([{ id: 'anna', to_status: 'customer', cause: 'event' }])
    const named = { fact: 'joined', is: 'not_set' }
    const rules = [
      ...STANDARD_RULES.rules,
      { id: 'all', enabled: true, from: 'lead', to: 'customer', rule: named } as const,
    ]
    await saveStatusRules(db, { enabled: true, rules }, { by: 'ada', anew: false }, new Date())
    await until(async () => (await changes()).length === 2)
    expect((await changes())[1]).toEqual({ id: 'bo', to_status: 'customer', cause: 'rule_change' })
    await until(async () => (await rows(db, 'SELECT 1 FROM workflow_outbox')).length === 0)
  } finally {
    await kill(child)
  }
})
