import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { execute, rows } from '../../domain/database.ts'
import { dispatchOutbox } from '../../domain/outbox/dispatchOutbox.ts'
import { enqueueWorkflow, enqueueWorkflows } from '../../domain/outbox/enqueueWorkflow.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const NOW = new Date('2026-06-10T10:00:00.000Z')

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
beforeEach(() => execute(database.db, 'DELETE FROM workflow_outbox'))
afterAll(() => database.drop())

const ask = (id: string) =>
  enqueueWorkflow(database.db, { workflowId: id, workflowType: 'customerLifecycle', args: [1, '', ''] }, NOW)

test('what is asked for again while it is handed over is handed over again, also at the same instant', async () => {
  await ask('lifecycle-1')
  const handed: string[] = []
  const start = async ({ workflowId }: { workflowId: string }) => {
    handed.push(workflowId)
    // another transaction with the same `now` commits after the workflow was told to look
    if (handed.length === 1) await ask('lifecycle-1')
  }
  await dispatchOutbox(database.db, start)
  expect(await rows(database.db, 'SELECT workflow_id FROM workflow_outbox')).toEqual([{ workflow_id: 'lifecycle-1' }])
  await dispatchOutbox(database.db, start)
  expect(handed).toEqual(['lifecycle-1', 'lifecycle-1'])
  expect(await rows(database.db, 'SELECT workflow_id FROM workflow_outbox')).toEqual([])
})

test('who asks for a workflow that others have asked for does not wait until they are through, and nobody for them', async () => {
  await ask('a')
  await ask('b')
  const handed: string[] = []
  const start = async ({ workflowId }: { workflowId: string }) => {
    handed.push(workflowId)
  }
  const open = await database.db.transaction()
  try {
    await enqueueWorkflow(open, { workflowId: 'a', workflowType: 'segmentUpkeep', args: [] }, NOW)
    await ask('a')
    await dispatchOutbox(database.db, start)
    expect(handed).toEqual(['a', 'b'])
  } finally {
    await open.commit()
  }
  // it became visible behind what was handed over already
  await dispatchOutbox(database.db, start)
  expect(handed).toEqual(['a', 'b', 'a'])
  expect(await rows(database.db, 'SELECT workflow_id FROM workflow_outbox')).toEqual([])
})

test('what was asked for several times is handed over once', async () => {
  for (let n = 0; n < 30; n++) {
    await ask('a')
    await ask('b')
  }
  const handed: string[] = []
  await dispatchOutbox(database.db, async ({ workflowId }) => {
    handed.push(workflowId)
  })
  expect(handed).toEqual(['a', 'b'])
  expect(await rows(database.db, 'SELECT 1 FROM workflow_outbox')).toEqual([])
})

test('one that can’t be handed over keeps none of the others, however many they are', async () => {
  await ask('a')
  const sql = `SELECT CONCAT('w', n.id), JSON_ARRAY(n.id) FROM (${Array.from({ length: 230 }, (_, n) => `SELECT ${n} AS id`).join(' UNION ALL ')}) n`
  await enqueueWorkflows(database.db, 'campaign', { sql, bindings: [] }, NOW)
  const handed = new Map<string, readonly (string | number)[]>()
  const start = async ({ workflowId, args }: { workflowId: string; args: readonly (string | number)[] }) => {
    if (workflowId === 'a') throw new Error('refused')
    handed.set(workflowId, args)
  }
  await expect(dispatchOutbox(database.db, start)).rejects.toThrow('refused')
  while ((await rows(database.db, 'SELECT 1 FROM workflow_outbox')).length > 1) {
    await dispatchOutbox(database.db, start).catch(() => {})
  }
  expect(handed.size).toBe(230)
  expect(handed.get('w7')).toEqual([7])
})

test('with Temporal away it is left alone after a few', async () => {
  for (let n = 0; n < 20; n++) await ask(`w${n}`)
  let tries = 0
  const start = async () => {
    tries += 1
    throw new Error('away')
  }
  await expect(dispatchOutbox(database.db, start)).rejects.toThrow('away')
  expect(tries).toBe(5)
  expect(await rows(database.db, 'SELECT 1 FROM workflow_outbox')).toHaveLength(20)
})
