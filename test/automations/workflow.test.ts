import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { enrol } from '../../domain/automations/entering/enrol.ts'
import { recordEvents } from '../../domain/automations/entering/recordEvents.ts'
import { fromGallery } from '../../domain/automations/gallery/fromGallery.ts'
import { pauseAutomation, resumeAutomation } from '../../domain/automations/steerAutomation.ts'
import { type Database, execute, rows } from '../../domain/database.ts'
import { ingest } from '../../domain/ingest/ingest.ts'
import { readSettings } from '../../domain/settings/readSettings.ts'
import { recordAnswer } from '../../domain/surveys/recordAnswer.ts'
import { LIFECYCLE_ATTRIBUTES } from '../../domain/temporal.ts'
import type { Automation } from '../../rules/automations/automation.ts'
import { automationOf, templateOf, waysOf } from '../support/automations.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { startLifecycles } from '../support/lifecycles.ts'
import { insertCustomers, recordingChannel } from '../support/sending.ts'
import { until } from '../support/until.ts'
import { EVERY_KIND } from './everyKind.ts'

/**
 * One worker on a real Temporal, whose clock goes once from June to October: an automation with every kind of step, walked by
 * c0 to c3, and beside it those of the gallery as they are, walked by c4, who does nothing, and c5, who does.
 */
const NOW = new Date('2026-06-10T10:00:00.000Z')
const at = (text: string) => new Date(`${text}:00.000Z`)

const GALLERY = ['birthday', 'first-visit', 'reward-ends', 'slipping-away', 'terminating-member', 'welcome']

let database: TestDatabase
let db: Database
let running: Awaited<ReturnType<typeof startLifecycles>>
const clock = { now: NOW }
const { channel, taken } = recordingChannel()

const happen = (name: string, customers: readonly string[]) =>
  recordEvents(
    db,
    customers.map((customer) => ({ id: `${name}-${customer}`, name, customer })),
    clock.now,
  )

const booking = (state: 'booked' | 'no_show') =>
  ingest(
    db,
    {
      bookings: [
        { index: 0, item: { id: 'b', customer: 'c5', provider: 'p', starts_at: '2026-06-20T10:00:00Z', state } },
      ],
    },
    clock.now,
  )

/** The way of a customer through an automation, one line for each step. */
const wayOf = async (key: string, customer: string) => {
  const [one] = (await waysOf(db, key)).filter((way) => way.customer === customer)
  return one === undefined ? [] : [...one.way, one.state]
}

async function furnish(): Promise<void> {
  await readSettings(db)
  await insertCustomers(db, 6)
  await execute(db, "UPDATE customers SET language = IF(id % 2 = 0, 'de', 'fr')")
  await db('providers').insert({ external_id: 'p', known: true, name: 'P', created_at: NOW, updated_at: NOW })
  await templateOf(db, 'hello', NOW)
  await automationOf(db, EVERY_KIND, NOW, 'all')
  const pairs = await rows<{ customerId: number; providerId: number }>(
    db,
    "SELECT id AS customerId, 0 AS providerId FROM customers WHERE external_id IN ('c4', 'c5')",
  )
  for (const id of GALLERY) {
    const { definition } = await fromGallery(db, { id, language: 'en', manager: 'boss@studio.test' }, null, NOW)
    const made = await automationOf(db, definition as unknown as Automation, NOW, id)
    await enrol(db, made, { pairs, cause: 'by_hand' }, NOW)
  }
  // nobody has a date: it needs no stop at nine and at ten of every day
  await execute(db, 'UPDATE automations SET next_date_at = NULL')
}

/** c5 says that it is too expensive. */
async function answer(): Promise<void> {
  const [asked] = await rows<{ delivery: number; customerId: number; question: string; answer: string; label: string }>(
    db,
    `SELECT d.id AS delivery, c.id AS customerId, a.question, a.answer, a.label
     FROM deliveries d JOIN customers c ON c.id = d.customer_id AND c.external_id = 'c5'
     JOIN campaign_answers a ON a.campaign_id = d.campaign_id AND a.answer = 'too-expensive'`,
  )
  if (asked === undefined) throw new Error('nothing was asked')
  const choices = [{ answer: asked.answer, label: asked.label }]
  const offered = { ...asked, language: null, survey: 'why-leave', choices, clicked: asked.answer, given: null }
  await recordAnswer(db, offered, { answer: 'too-expensive', comment: '' }, clock.now)
}

beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  await furnish()
  running = await startLifecycles(db, { clock, channel })
  await happen('go', ['c0', 'c1', 'c2', 'c3'])
  await running.playUntil(at('2026-06-12T09:00'))
  await happen('yes', ['c0', 'c1'])
  await happen('back', ['c3'])
  await pauseAutomation(db, 'all', clock.now)
  await booking('booked')
  await answer()
  await running.playUntil(at('2026-06-13T09:00'))
  expect(await rows(db, "SELECT 1 FROM rewards WHERE automation_id = 'all'")).toEqual([])
  await resumeAutomation(db, 'all', clock.now)
  await running.playUntil(at('2026-06-20T12:00'))
  await booking('no_show')
  await running.playUntil(at('2026-10-01T10:00'), { whileInside: true })
}, 240_000)
afterAll(async () => {
  await running?.stop()
  await database?.drop()
})

describe('an automation with every kind of step', () => {
  test('carries customers through it, over days: paused, resumed, left', async () => {
    const ways = await waysOf(db, 'all')
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
    const theirs = taken.filter(({ to, subject }) => !/^c[45]/.test(to) && (subject === 'hello' || subject === 'Done'))
    expect(theirs.map(({ to }) => to).sort()).toEqual([
      ...['boss@studio.test', 'boss@studio.test', 'boss@studio.test'],
      ...['c0@mail.test', 'c0@mail.test', 'c1@mail.test', 'c1@mail.test', 'c2@mail.test', 'c2@mail.test'],
      'c3@mail.test',
    ])
  })

  test('is found by an operator, who finds nothing about anybody in it', async () => {
    const query = `${LIFECYCLE_ATTRIBUTES.automation} = "all" AND ${LIFECYCLE_ATTRIBUTES.version} = 1`
    const found: string[] = []
    await until(async () => {
      found.length = 0
      for await (const { workflowId } of running.client.workflow.list({ query })) found.push(workflowId)
      return found.length > 0
    })
    const [cohort] = await rows<{ id: number }>(
      db,
      "SELECT k.id FROM cohorts k JOIN automations a ON a.id = k.automation_id AND a.key = 'all'",
    )
    expect(found).toEqual([`lifecycle-${cohort?.id}`])
    const text = JSON.stringify(await running.historyOf(cohort?.id ?? 0, 'customerLifecycleSteered'))
    const payloads = [...text.matchAll(/"data":"([^"]*)"/g)].map(([, data = '']) => Buffer.from(data, 'base64'))
    expect(payloads.length).toBeGreaterThan(20)
    expect(payloads.join('\n')).not.toMatch(/c\d|First|mail\.test/)
  })
})

describe('the gallery', () => {
  test('is walked to its end', async () => {
    const open = await rows(
      db,
      "SELECT a.key, e.step, e.stands, e.reason FROM enrolments e JOIN automations a ON a.id = e.automation_id WHERE e.state = 'active'",
    )
    expect(open).toEqual([])
    for (const id of GALLERY) {
      const [cohort] = await rows<{ id: number }>(
        db,
        'SELECT k.id FROM cohorts k JOIN automations a ON a.id = k.automation_id WHERE a.key = ?',
        [id],
      )
      await running.historyOf(cohort?.id ?? 0, `customerLifecycle-${id}`)
    }
  })

  const waysOfAll = async (customer: string) =>
    Object.fromEntries(await Promise.all(GALLERY.map(async (id) => [id, await wayOf(id, customer)])))

  test('by somebody who does nothing', async () => {
    expect(await waysOfAll('c4')).toEqual({
      birthday: ['present sent 2026-06-10T10:00', 'finished'],
      'first-visit': [
        'hello sent 2026-06-10T10:00',
        'pause passed 2026-06-10T12:00',
        'day-before else 2026-07-11T12:00',
        'came else 2026-07-14T12:00',
        'finished',
      ],
      'reward-ends': [
        'soon sent 2026-06-10T10:00',
        'five-days passed 2026-06-15T10:00',
        'last-days sent 2026-06-15T10:00',
        'finished',
      ],
      'slipping-away': [
        'morning passed 2026-06-10T10:00',
        'miss-you sent 2026-06-10T10:00',
        'week passed 2026-06-17T10:00',
        'minutes sent 2026-06-17T10:00',
        'month passed 2026-07-17T10:00',
        'finished',
      ],
      'terminating-member': [
        'next-day passed 2026-06-11T09:30',
        'why sent 2026-06-11T09:30',
        'answer else 2026-06-18T09:30',
        'offer-unasked sent 2026-06-18T09:30',
        'tell passed 2026-06-18T09:30',
        'until-the-end passed 2026-07-18T09:30',
        'finished',
      ],
      welcome: [
        'morning passed 2026-06-10T10:00',
        'hello sent 2026-06-10T10:00',
        'ten-days passed 2026-06-20T10:00',
        'nudge sent 2026-06-20T10:00',
        'second passed 2026-07-10T10:00',
        'finished',
      ],
    })
  })

  test('by somebody who books, does not come, and says why they leave', async () => {
    expect(await waysOfAll('c5')).toEqual({
      birthday: ['present sent 2026-06-10T10:00', 'finished'],
      'first-visit': [
        'hello sent 2026-06-10T10:00',
        'pause passed 2026-06-10T12:00',
        'day-before then 2026-06-19T00:00',
        'reminder sent 2026-06-19T00:00',
        'came then 2026-06-20T12:00',
        'day passed 2026-06-21T12:00',
        'missed sent 2026-06-21T12:00',
        'finished',
      ],
      'reward-ends': [
        'soon sent 2026-06-10T10:00',
        'five-days passed 2026-06-15T10:00',
        'last-days sent 2026-06-15T10:00',
        'finished',
      ],
      'slipping-away': [
        'morning passed 2026-06-10T10:00',
        'miss-you sent 2026-06-10T10:00',
        'week goal 2026-06-12T09:00',
        'goal goal',
      ],
      'terminating-member': [
        'next-day passed 2026-06-11T09:30',
        'why sent 2026-06-11T09:30',
        'answer then 2026-06-12T09:00',
        'reason 0 2026-06-12T09:00',
        'cheaper sent 2026-06-12T09:00',
        'tell passed 2026-06-12T09:00',
        'until-the-end passed 2026-07-12T09:00',
        'finished',
      ],
      welcome: [
        'morning passed 2026-06-10T10:00',
        'hello sent 2026-06-10T10:00',
        'ten-days goal 2026-06-12T09:00',
        'goal goal',
      ],
    })
  })
})
