/** The hour of a segment comes while a real worker process runs: nobody calls it, nobody wakes it. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Database, execute, rows } from '../../domain/database.ts'
import { ingest } from '../../domain/ingest/ingest.ts'
import { createSegment } from '../../domain/segments/createSegment.ts'
import { recomputeSegment } from '../../domain/segments/recomputeSegment.ts'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { kill, startProcess } from '../support/sending.ts'
import { createNamespace, temporalAddress } from '../support/temporal.ts'
import { until } from '../support/until.ts'

let database: TestDatabase
let db: Database
beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
})
afterAll(() => database.drop())

const clock = () => new Date()
const book = (id: string) =>
  ingest(
    db,
    {
      customers: [{ index: 0, item: { id } }],
      bookings: [{ index: 0, item: { id, customer: id, starts_at: '2026-01-01T10:00:00Z' } }],
    },
    clock(),
  )
const members = async () =>
  (await rows<{ n: number }>(db, 'SELECT COUNT(*) AS n FROM segment_members'))[0]?.n ?? Number.NaN

test('it is recalculated once, with the cause time, and the next hour is set', async () => {
  const rule = { fact: 'first_booking', is: 'set' }
  await createSegment(db, { name: 'Booked', rule, recalculation: { mode: 'hourly' } }, 'a test', clock())
  await recomputeSegment(db, 'booked', clock())
  await execute(db, 'DELETE FROM workflow_outbox')
  await book('anna')
  await refreshSegments(db, clock())
  expect(await members()).toBe(0)

  const due = new Date(Date.now() + 4_000)
  await execute(db, 'UPDATE segments SET next_recalculation_at = ?', [due])
  const { child } = await startProcess('activities/worker.ts', {
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: temporalAddress(),
    TEMPORAL_NAMESPACE: await createNamespace(),
    SMTP_URL: 'smtp://127.0.0.1:1',
  })
  try {
    await until(async () => (await members()) === 1)
    const transitions = await rows(db, 'SELECT entered, cause, version, at >= ? AS late FROM segment_transitions', [
      due,
    ])
    expect(transitions).toEqual([{ entered: 1, cause: 'time', version: 1, late: 1 }])
    const [segment] = await rows<{ at: Date; computed: Date }>(
      db,
      'SELECT next_recalculation_at AS at, computed_at AS computed FROM segments',
    )
    expect(segment?.at.getTime()).toBeGreaterThan(Date.now())
    expect(segment?.at.getTime()).toBeLessThanOrEqual(Date.now() + 3_600_000)
    expect(segment?.computed.getTime()).toBeGreaterThanOrEqual(due.getTime())
  } finally {
    await kill(child)
  }
})
