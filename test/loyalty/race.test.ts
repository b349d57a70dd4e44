import type { ChildProcess } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { startOfWeek, weekAfter, weekOf } from '../../domain/campaigns/loyalty/week.ts'
import { freePort } from '../../scripts/parts/ports.ts'
import { createTestDatabase, type TestDatabase, urlFor } from '../support/database.ts'
import { insertClienteles, takenSlots } from '../support/loyalty.ts'
import { kill, startProcess } from '../support/sending.ts'

const REQUESTS = 200
/** In some weeks, so that no week ends in the middle of the test. */
const SENDS_AT = new Date(Date.now() + 25 * 86_400_000)

let database: TestDatabase
const children: ChildProcess[] = []
const urls: string[] = []
beforeAll(async () => {
  database = await createTestDatabase()
  await insertClienteles(database.db, 6)
  for (let count = 0; count < 2; count++) {
    const port = await freePort()
    const { child } = await startProcess('api/main.ts', {
      PORT: String(port),
      DATABASE_URL: urlFor(count, database),
      // nobody listens there
      TEMPORAL_ADDRESS: '127.0.0.1:9',
      PERENNIAL_API_KEY: 'race-key',
      NODE_OPTIONS: '',
      LOG_LEVEL: 'silent',
    })
    children.push(child)
    urls.push(`http://127.0.0.1:${port}/api/v1/campaigns`)
  }
}, 60_000)
afterAll(async () => {
  await Promise.all(children.map(kill))
  await database.drop()
})

async function ask(url: string): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: 'Bearer race-key', 'content-type': 'application/json' },
    body: JSON.stringify({
      kind: 'loyalty',
      provider: 'anna',
      segment: 'loyalty-loyal',
      content: { subject: 'Thank you', html: '<p>Thank you</p>' },
      reward: { kind: 'voucher', amount: 500, valid_days: 14 },
      send_at: SENDS_AT.toISOString(),
    }),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

test('of 200 requests at once to two processes one goes through, the rest are told when the next one may go', async () => {
  const answers = await Promise.all(Array.from({ length: REQUESTS }, (_, index) => ask(urls[index % 2] ?? '')))
  const counts = Map.groupBy(answers, ({ status }) => status)
  expect(Object.fromEntries([...counts].map(([status, those]) => [status, those.length]))).toEqual({
    201: 1,
    409: REQUESTS - 1,
  })
  const week = weekOf(SENDS_AT, 'UTC')
  const next = startOfWeek(weekAfter(week), 'UTC')
  for (const { body } of counts.get(409) ?? []) {
    expect(body).toMatchObject({
      type: 'urn:perennial:problem:conflict',
      next_at: next.toISOString(),
      next_on: next.toISOString().slice(0, 10),
    })
  }
  expect(await takenSlots(database.db)).toEqual([`anna loyalty-loyal ${week}`])
  expect(await database.db('campaigns').select('id')).toHaveLength(1)
  expect(await database.db('workflow_outbox').select('workflow_id')).toHaveLength(1)
}, 120_000)
