import type { ChildProcess } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { enrol } from '../../domain/automations/entering/enrol.ts'
import { recordEvents } from '../../domain/automations/entering/recordEvents.ts'
import { fromGallery } from '../../domain/automations/gallery/fromGallery.ts'
import { pauseAutomation, resumeAutomation } from '../../domain/automations/steerAutomation.ts'
import { type Database, execute, rows } from '../../domain/database.ts'
import { enqueueWorkflow } from '../../domain/outbox/enqueueWorkflow.ts'
import { readSettings } from '../../domain/settings/readSettings.ts'
import { LIFECYCLE, LIFECYCLE_ATTRIBUTES } from '../../domain/temporal.ts'
import type { Automation } from '../../rules/automations/automation.ts'
import { automationOf, templateOf, waysOf } from '../support/automations.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { startLifecycles } from '../support/lifecycles.ts'
import { insertCustomers, kill, recordingChannel, startProcess } from '../support/sending.ts'
import { createNamespace, temporalAddress } from '../support/temporal.ts'
import { until } from '../support/until.ts'

const NOW = new Date('2026-06-10T10:00:00.000Z')

/** Every kind of step that needs nobody outside. */
const ALL: Automation = {
  scope: 'business',
  when: { on: 'event', name: 'go' },
  again: 'each',
  unless: [{ id: 'back', on: { on: 'event', name: 'back' } }],
  then: [
    { id: 'hello', send: { channel: 'email', template: 'hello' } },
    { id: 'day', wait: { days: 1 } },
    {
      id: 'fork',
      branch: [{ if: { fact: 'language', is: 'one_of', value: ['de'] }, then: [{ id: 'de', tag: { add: ['de'] } }] }],
      else: [],
    },
    { id: 'evening', wait_until: { at: '18:00' } },
    {
      id: 'yes',
      wait_for: { on: 'event', name: 'yes' },
      at_most: { days: 2 },
      then: [{ id: 'gift', give: { kind: 'voucher', amount: 500, days: 9, provider: 'p' } }],
      else: [{ id: 'half', split: [50, 50].map((percent) => ({ percent, then: [] })) }],
    },
    { id: 'vip', status: 'vip' },
    { id: 'tell', tell: { to: 'boss@studio.test', subject: 'Done', text: '{{ customer.first_name }}' } },
    { id: 'again', send: { channel: 'email', template: 'hello' } },
  ],
}

const FINISHED = { state: 'finished', stands: null, reason: null }

let database: TestDatabase
let db: Database
beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  await readSettings(db)
})
afterAll(() => database.drop())

beforeEach(async () => {
  const tables = [
    ...['automations', 'campaigns', 'templates', 'rewards', 'customer_events', 'dirty_relationships'],
    ...['relationships', 'customers', 'providers', 'workflow_outbox'],
  ]
  for (const table of tables) await execute(db, `DELETE FROM ${table}`)
  await insertCustomers(db, 40)
  await execute(db, "UPDATE customers SET language = IF(id % 2 = 0, 'de', 'fr')")
  const provider = { external_id: 'p', known: true, name: 'P', created_at: NOW, updated_at: NOW }
  await db('providers').insert(provider)
  await templateOf(db, 'hello', NOW)
})

const happen = (name: string, customers: readonly string[], now: Date) =>
  recordEvents(
    db,
    customers.map((customer) => ({ id: `${name}-${customer}`, name, customer })),
    now,
  )

describe('a lifecycle on Temporal', () => {
  test('carries customers through every kind of step, over days', async () => {
    const clock = { now: NOW }
    const { channel, taken } = recordingChannel()
    const running = await startLifecycles(db, { clock, channel })
    try {
      await automationOf(db, ALL, NOW, 'all')
      await happen('go', ['c0', 'c1', 'c2', 'c3'], NOW)
      await running.playUntil(new Date('2026-06-12T09:00:00Z'))
      await happen('yes', ['c0', 'c1'], clock.now)
      await happen('back', ['c3'], clock.now)
      await pauseAutomation(db, 'all', clock.now)
      await running.playUntil(new Date('2026-06-13T09:00:00Z'))
      expect(await rows(db, 'SELECT COUNT(*) AS count FROM rewards')).toEqual([{ count: 0 }])
      await resumeAutomation(db, 'all', clock.now)
      await running.playUntil(new Date('2026-06-20T09:00:00Z'))
      const ways = await waysOf(db)
      expect(ways.map(({ customer, state }) => `${customer} ${state}`)).toEqual([
        'c0 finished',
        'c1 finished',
        'c2 finished',
        'c3 exited back',
      ])
      const first = ways.slice(0, 2).map(({ way }) => way.filter((text) => !text.startsWith('de ')))
      expect(first[0]?.slice(2)).toEqual([
        expect.stringMatching(/^fork (0|else) 2026-06-11T10:00$/),
        'evening passed 2026-06-11T18:00',
        'yes then 2026-06-13T09:00',
        'gift given 2026-06-13T09:00',
        'vip passed 2026-06-13T09:00',
        'tell passed 2026-06-13T09:00',
        'again sent 2026-06-13T09:00',
      ])
      expect(ways[2]?.way.at(-1)).toBe('again sent 2026-06-13T18:00')
      expect(taken.map(({ to }) => to).sort()).toEqual([
        ...['boss@studio.test', 'boss@studio.test', 'boss@studio.test'],
        ...['c0@mail.test', 'c0@mail.test', 'c1@mail.test', 'c1@mail.test', 'c2@mail.test', 'c2@mail.test'],
        'c3@mail.test',
      ])
      // an operator finds it, and finds nothing about anybody in it
      const query = `${LIFECYCLE_ATTRIBUTES.automation} = "all" AND ${LIFECYCLE_ATTRIBUTES.version} = 1`
      const found: string[] = []
      await until(async () => {
        found.length = 0
        for await (const { workflowId } of running.client.workflow.list({ query })) found.push(workflowId)
        return found.length > 0
      })
      const handle = running.client.workflow.getHandle(found[0] ?? '')
      await until(async () => (await handle.describe()).status.name === 'COMPLETED')
      const text = JSON.stringify(await handle.fetchHistory())
      const payloads = [...text.matchAll(/"data":"([^"]*)"/g)].map(([, data = '']) => Buffer.from(data, 'base64'))
      expect(payloads.length).toBeGreaterThan(20)
      expect(payloads.join('\n')).not.toMatch(/c\d|First|mail\.test/)
      await keep('customerLifecycle', await handle.fetchHistory())
    } finally {
      await running.stop()
    }
  }, 300_000)

  test.each(['birthday', 'first-visit', 'reward-ends', 'slipping-away', 'terminating-member', 'welcome'])(
    'carries customers through “%s” of the gallery to its end',
    async (id) => {
      const clock = { now: NOW }
      const running = await startLifecycles(db, { clock, channel: recordingChannel().channel })
      try {
        const asked = { id, language: 'en', manager: 'boss@studio.test' } as const
        const { definition } = await fromGallery(db, asked, null, NOW)
        const made = await automationOf(db, definition as unknown as Automation, NOW, id)
        await execute(
          db,
          "UPDATE automation_versions SET definition = JSON_REMOVE(definition, '$.only', '$.unless', '$.goal')",
        )
        const pairs = await rows<{ customerId: number; providerId: number }>(
          db,
          "SELECT id AS customerId, 0 AS providerId FROM customers WHERE external_id IN ('c0', 'c1')",
        )
        await enrol(db, made, { pairs, cause: 'by_hand' }, NOW)
        await running.playUntil(new Date('2026-10-01T10:00:00Z'), { whileInside: true })
        const states = await rows(db, 'SELECT state, stands, reason FROM enrolments')
        expect(states).toEqual([FINISHED, FINISHED])
        const [cohort] = await rows<{ id: number }>(db, 'SELECT id FROM cohorts')
        const handle = running.client.workflow.getHandle(LIFECYCLE.id(cohort?.id ?? 0))
        await until(async () => (await handle.describe()).status.name === 'COMPLETED')
        await keep(`customerLifecycle-${id}`, await handle.fetchHistory())
      } finally {
        await running.stop()
      }
    },
    300_000,
  )

  // minutes, most of them waiting for killed workers to be missed: part of the long run
  const longTest = process.env.PERENNIAL_LONG === '1' ? test : test.skip
  longTest(
    'goes on after its worker is killed, again and again: nobody gets a message twice',
    async () => {
      const namespace = await createNamespace()
      const inbox = await startProcess('domain/inbox/main.ts', { DATABASE_URL: database.url, INBOX_PORT: '0' })
      const { smtp } = inbox.message as { smtp: number }
      const children: ChildProcess[] = [inbox.child]
      const startWorker = async () => {
        const { child } = await startProcess('activities/worker.ts', {
          DATABASE_URL: database.url,
          TEMPORAL_ADDRESS: temporalAddress(),
          TEMPORAL_NAMESPACE: namespace,
          SMTP_URL: `smtp://127.0.0.1:${smtp}`,
          PUBLIC_URL: 'http://studio.test',
        })
        children.push(child)
        return child
      }
      try {
        await automationOf(db, ALL, new Date(), 'all')
        const all = Array.from({ length: 40 }, (_, n) => `c${n}`)
        await happen('go', all, new Date())
        let worker = await startWorker()
        for (const step of ['hello', 'day', 'fork', 'evening', 'yes', 'half', 'vip', 'tell', 'again']) {
          await until(() => somebodyCameTo(step), 120_000)
          await kill(worker)
          // what a killed worker has in its hand is noticed by its silence; waits are not waited for here
          worker = await startWorker()
          await hurry()
        }
        await until(async () => {
          await hurry()
          const open = await rows(db, "SELECT 1 FROM enrolments WHERE state = 'active' LIMIT 1")
          return open.length === 0
        }, 300_000).catch(async (error: Error) => {
          const sql = 'SELECT step, stands, due_at, COUNT(*) AS count FROM enrolments GROUP BY step, stands, due_at'
          throw new Error(`${error.message}: ${JSON.stringify(await rows(db, sql))}`)
        })
        const sent = await rows<{ state: string; count: number }>(
          db,
          'SELECT state, COUNT(*) AS count FROM deliveries GROUP BY state',
        )
        expect(sent.reduce((sum, { count }) => sum + count, 0)).toBe(80)
        const twice = await rows(
          db,
          `SELECT recipient FROM inbox_mails WHERE recipient LIKE 'c%' GROUP BY recipient HAVING COUNT(*) > 2`,
        )
        expect(twice).toEqual([])
        expect(await rows(db, "SELECT 1 FROM enrolments WHERE state <> 'finished'")).toEqual([])
        const split = await rows(db, "SELECT enrolment_id FROM enrolment_steps WHERE step = 'half'")
        expect(split).toHaveLength(40)
      } finally {
        await Promise.all(children.map(kill))
      }
    },
    600_000,
  )

  const somebodyCameTo = async (step: string) => {
    await hurry(step)
    const found = await rows(
      db,
      `SELECT 1 FROM enrolments WHERE step = ? UNION ALL SELECT 1 FROM enrolment_steps WHERE step = ? LIMIT 1`,
      [step, step],
    )
    return found.length > 0
  }

  /** What is waited for is due now; but who stands at a step is left alone, so that something is seen there. */
  const hurry = async (but = '') => {
    const due = await execute(
      db,
      `UPDATE enrolments SET due_at = UTC_TIMESTAMP(3)
       WHERE state = 'active' AND stands IN ('waiting', 'ready') AND due_at > UTC_TIMESTAMP(3) AND step <> ?`,
      [but],
    )
    if (due === 0) return
    for (const { id, key } of await rows<{ id: number; key: string }>(
      db,
      'SELECT k.id, a.key FROM cohorts k JOIN automations a ON a.id = k.automation_id WHERE k.ended_at IS NULL',
    )) {
      const args = [id, '', '', key, 1, '']
      await enqueueWorkflow(db, { workflowId: LIFECYCLE.id(id), workflowType: LIFECYCLE.type, args }, new Date())
    }
  }
})

/** Keeps a history for the replay test, when somebody asks for it: `PERENNIAL_RECORD=1`. */
async function keep(name: string, history: unknown): Promise<void> {
  if (process.env.PERENNIAL_RECORD !== '1') return
  const folder = join(import.meta.dirname, '../workflows/histories')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, `${name}.json`), `${JSON.stringify(plain(history), null, 2)}\n`)
}

/** A history without the classes of its parts, which write themselves down in another way; bytes as `{base64}`. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return { base64: Buffer.from(value).toString('base64') }
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]))
}
