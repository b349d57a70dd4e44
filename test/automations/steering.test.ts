import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { enrol } from '../../domain/automations/entering/enrol.ts'
import { recordEvents } from '../../domain/automations/entering/recordEvents.ts'
import { retryFailed, skipFailed, takeOut } from '../../domain/automations/helpFailed.ts'
import { moveVersions } from '../../domain/automations/moveVersions.ts'
import { publishVersion } from '../../domain/automations/publishVersion.ts'
import { pauseAutomation, resumeAutomation, stopAutomation } from '../../domain/automations/steerAutomation.ts'
import { execute, rows } from '../../domain/database.ts'
import { ingest } from '../../domain/ingest/ingest.ts'
import { transact } from '../../domain/retry.ts'
import { changeSegment } from '../../domain/segments/changeSegment.ts'
import { recomputeSegment } from '../../domain/segments/recomputeSegment.ts'
import { readSettings } from '../../domain/settings/readSettings.ts'
import { tagCustomers } from '../../domain/tags/tagCustomers.ts'
import type { Automation, Step } from '../../rules/automations/automation.ts'
import { automationOf, playUntil, templateOf, waysOf } from '../support/automations.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { insertCustomers, recordingChannel } from '../support/sending.ts'

const NOW = new Date('2026-06-10T10:00:00.000Z')
const at = (text: string) => new Date(`${text}:00.000Z`)

let database: TestDatabase
const clock = { now: NOW }
let mails = recordingChannel()
beforeAll(async () => {
  database = await createTestDatabase()
  await readSettings(database.db)
})
afterAll(() => database.drop())

beforeEach(async () => {
  const tables = [
    ...['automations', 'campaigns', 'templates', 'rewards', 'segments', 'customer_events', 'bookings'],
    ...['dirty_relationships', 'relationships', 'customers', 'providers', 'workflow_outbox'],
  ]
  for (const table of tables) await execute(database.db, `DELETE FROM ${table}`)
  await execute(database.db, 'UPDATE segment_upkeep SET refreshed_to = NULL')
  clock.now = NOW
  mails = recordingChannel()
  await insertCustomers(database.db, 4)
  await templateOf(database.db, 'hello', NOW)
})

const begins = { scope: 'business', when: { on: 'event', name: 'go' }, again: 'each' } as const
const of = (then: Step[], more: Partial<Automation> = {}): Automation => ({ ...begins, then, ...more })
const mail: Step = { id: 'mail', send: { channel: 'email', template: 'hello' } }
const day: Step = { id: 'day', wait: { days: 1 } }

let events = 0
const happen = (name: string, ...customers: string[]) =>
  recordEvents(
    database.db,
    customers.map((customer) => ({ id: `e${events++}`, name, customer })),
    clock.now,
  )
const until = (instant: string) => playUntil(database.db, at(instant), { clock, channel: mails.channel })
const states = async () => (await waysOf(database.db)).map(({ customer, state }) => `${customer} ${state}`)

describe('who enters', () => {
  test('enters on transitions of a segment that are news, and on no others', async () => {
    const { db } = database
    const rule = { fact: 'tag', is: 'any_of', value: ['a'] }
    await db('segments').insert({
      key: 'tagged',
      name: 'Tagged',
      scope: 'business',
      rule: JSON.stringify(rule),
      version: 1,
      recalculation: '{"mode":"live"}',
      created_at: NOW,
      updated_at: NOW,
    })
    const [segment] = await rows<{ id: number }>(db, 'SELECT id FROM segments')
    await db('segment_versions').insert({
      segment_id: segment?.id,
      version: 1,
      rule: JSON.stringify(rule),
      created_at: NOW,
    })
    await automationOf(db, of([day], { when: { on: 'enters_segment', segment: 'tagged' } }), NOW)
    await tagCustomers(db, { customers: ['c0'] }, { add: ['a'], remove: [] }, { by: null }, NOW)
    await recomputeSegment(db, 'tagged', NOW)
    await until('2026-06-10T10:10')
    expect(await states()).toEqual([])
    await tagCustomers(db, { customers: ['c1'] }, { add: ['a'], remove: [] }, { by: null }, clock.now)
    await until('2026-06-10T10:20')
    expect(await states()).toEqual(['c1 at day'])
    const other = { fact: 'tag', is: 'none_of', value: ['a'] }
    await changeSegment(db, 'tagged', { rule: other }, 'test', clock.now)
    await recomputeSegment(db, 'tagged', clock.now)
    await until('2026-06-10T10:30')
    expect(await states()).toEqual(['c1 at day'])
  })

  test('enters on a birthday, right at its hour, also who was born on 29 February', async () => {
    await execute(database.db, "UPDATE settings SET time_zone = 'Europe/Berlin'")
    await execute(database.db, "UPDATE customers SET birthdate = '1988-02-29' WHERE external_id = 'c0'")
    await execute(database.db, "UPDATE customers SET birthdate = '1990-02-28' WHERE external_id = 'c1'")
    await execute(database.db, "UPDATE customers SET birthdate = '1990-03-01' WHERE external_id = 'c2'")
    clock.now = at('2026-02-20T10:00')
    const when = { on: 'date', of: 'birthday', days: -3, at: '09:00' } as const
    await automationOf(database.db, of([{ id: 'hour', wait: { hours: 1 } }], { when }), clock.now)
    await until('2026-02-28T00:00')
    expect((await waysOf(database.db)).map(({ customer, way }) => [customer, ...way])).toEqual([
      ['c0', 'hour passed 2026-02-25T09:00'],
      ['c1', 'hour passed 2026-02-25T09:00'],
      ['c2', 'hour passed 2026-02-26T09:00'],
    ])
    await execute(database.db, "UPDATE settings SET time_zone = 'UTC'")
  })

  test('enters for each provider they have to do with, and for the booking only with its own', async () => {
    const provider = { known: true, created_at: NOW, updated_at: NOW }
    await database.db('providers').insert(['p', 'q'].map((name) => ({ external_id: name, name, ...provider })))
    const booking = (id: string, who: string) => ({
      index: 0,
      item: { id, customer: 'c0', provider: who, starts_at: '2026-06-01T10:00:00Z', state: 'attended' as const },
    })
    await ingest(database.db, { bookings: [booking('b1', 'p'), booking('b2', 'q')], historical: true }, NOW)
    await automationOf(database.db, of([day], { scope: 'provider', when: { on: 'tag_added', tag: 'a' } }), NOW, 'tags')
    await automationOf(database.db, of([day], { scope: 'provider', when: { on: 'booking_made' } }), NOW, 'bookings')
    await until('2026-06-10T10:10')
    expect(await states()).toEqual([])
    await tagCustomers(database.db, { customers: ['c0'] }, { add: ['a'], remove: [] }, { by: null }, clock.now)
    await ingest(database.db, { bookings: [booking('b3', 'q')] }, clock.now)
    await until('2026-06-10T10:20')
    const sql = `SELECT a.key, p.external_id FROM enrolments e JOIN automations a ON a.id = e.automation_id
      JOIN providers p ON p.id = e.provider_id ORDER BY 1, 2`
    expect(await rows(database.db, sql)).toEqual([
      { key: 'bookings', external_id: 'q' },
      { key: 'tags', external_id: 'p' },
      { key: 'tags', external_id: 'q' },
    ])
  })

  test('enters again as the automation says, and never twice at once', async () => {
    await automationOf(database.db, of([{ id: 'hour', wait: { hours: 1 } }], { again: 'never' }), NOW, 'never')
    await automationOf(
      database.db,
      of([{ id: 'hour', wait: { hours: 1 } }], { again: { after: { days: 2 } } }),
      NOW,
      'two',
    )
    await automationOf(database.db, of([{ id: 'hour', wait: { hours: 1 } }]), NOW, 'each')
    await automationOf(database.db, of([{ id: 'hour', wait: { hours: 1 } }], { at_once: true }), NOW, 'at-once')
    for (const instant of ['2026-06-10T10:00', '2026-06-10T10:30', '2026-06-11T10:30', '2026-06-12T10:30']) {
      await until(instant)
      await happen('go', 'c0', 'c0')
    }
    await until('2026-06-20T10:00')
    const sql = `SELECT a.key, COUNT(*) AS count FROM enrolments e JOIN automations a ON a.id = e.automation_id
      GROUP BY a.key ORDER BY a.key`
    expect(await rows(database.db, sql)).toEqual([
      { key: 'at-once', count: 8 },
      { key: 'each', count: 3 },
      { key: 'never', count: 1 },
      { key: 'two', count: 2 },
    ])
  })

  test('is held out by chance, counted, and gets nothing', async () => {
    await automationOf(database.db, of([mail], { holdout: 50 }), NOW)
    await happen('go', 'c0', 'c1', 'c2', 'c3')
    await until('2026-06-10T11:00')
    const kept = await states()
    const out = kept.filter((state) => state.endsWith('held_out'))
    expect(kept).toHaveLength(4)
    expect(mails.taken).toHaveLength(4 - out.length)
  })

  test('enters by hand, one after the other over a time', async () => {
    const id = await automationOf(database.db, of([day], { when: { on: 'by_hand' } }), NOW)
    const found = await rows<{ id: number }>(database.db, 'SELECT id FROM customers ORDER BY id')
    const pairs = found.map((row) => ({ providerId: 0, customerId: row.id }))
    await enrol(database.db, id, { pairs, cause: 'by_hand', spreadMinutes: 60 }, NOW)
    await until('2026-06-10T12:00')
    const entered = await rows<{ entered_at: Date }>(database.db, 'SELECT entered_at FROM enrolments ORDER BY id')
    expect(entered.map((row) => row.entered_at.toISOString().slice(11, 16))).toEqual([
      '10:00',
      '10:15',
      '10:30',
      '10:45',
    ])
  })

  test('is told of an event once, however often it is told', async () => {
    await automationOf(database.db, of([{ id: 'hour', wait: { hours: 1 } }]), NOW)
    const event = { id: 'same', name: 'go', customer: 'c0' }
    const first = await recordEvents(database.db, [event, { id: 'x', name: 'go', customer: 'nobody' }], NOW)
    expect(first).toEqual({
      recorded: 1,
      known: 0,
      mistakes: [expect.objectContaining({ path: '/events/1/customer' })],
    })
    await until('2026-06-10T12:00')
    expect(await recordEvents(database.db, [event], clock.now)).toMatchObject({ recorded: 0, known: 1 })
    await until('2026-06-10T13:00')
    expect(await states()).toEqual(['c0 finished'])
  })
})

describe('who leaves', () => {
  test('leaves at once by an exit, by happening or by rule, or by the goal', async () => {
    const unless = [
      { id: 'back', on: { on: 'event', name: 'back' } },
      { id: 'vip', rule: { fact: 'tag', is: 'any_of', value: ['vip'] } },
    ] as const
    const goal = { on: { on: 'booking_made' } } as const
    await automationOf(database.db, of([day, mail], { unless, goal }), NOW)
    await happen('go', 'c0', 'c1', 'c2', 'c3')
    await until('2026-06-10T12:00')
    await happen('back', 'c0')
    expect((await states())[0]).toBe('c0 exited back')
    await tagCustomers(database.db, { customers: ['c1'] }, { add: ['vip'], remove: [] }, { by: null }, clock.now)
    const item = { id: 'b', customer: 'c2', starts_at: '2026-06-20T10:00:00Z', state: 'booked' as const }
    await ingest(database.db, { bookings: [{ index: 0, item }] }, clock.now)
    await until('2026-06-12T12:00')
    expect(await states()).toEqual(['c0 exited back', 'c1 exited vip', 'c2 goal goal', 'c3 finished'])
    expect(mails.taken.map(({ to }) => to)).toEqual(['c3@mail.test'])
  })

  test('leaves at the instant at which time alone makes a rule hold', async () => {
    const item = { id: 'b', customer: 'c0', starts_at: '2026-06-12T10:00:00Z', state: 'booked' as const }
    await ingest(database.db, { bookings: [{ index: 0, item }] }, clock.now)
    const rule = { fact: 'last_booking', is: 'within_last', value: { days: 3 } }
    await automationOf(
      database.db,
      of([{ id: 'week', wait: { weeks: 1 } }, mail], { unless: [{ id: 'came', rule }] }),
      NOW,
    )
    await happen('go', 'c0', 'c1')
    await until('2026-06-30T12:00')
    expect(await states()).toEqual(['c0 exited came', 'c1 finished'])
    const [left] = await rows<{ ended_at: Date }>(database.db, "SELECT ended_at FROM enrolments WHERE state = 'exited'")
    expect(left?.ended_at.toISOString()).toBe('2026-06-12T10:00:00.000Z')
  })

  test('gets no message that waits for the end of the quiet hours', async () => {
    await execute(database.db, `UPDATE settings SET quiet_hours = '{"from": "09:00", "to": "18:00"}'`)
    await automationOf(database.db, of([mail], { unless: [{ id: 'back', on: { on: 'event', name: 'back' } }] }), NOW)
    await happen('go', 'c0', 'c1')
    await until('2026-06-10T12:00')
    await happen('back', 'c0')
    await until('2026-06-11T12:00')
    expect(mails.taken.map(({ to }) => to)).toEqual(['c1@mail.test'])
    const sql = 'SELECT state, reason FROM deliveries ORDER BY customer_id'
    expect(await rows(database.db, sql)).toEqual([
      { state: 'cancelled', reason: 'left_automation' },
      { state: 'sent', reason: null },
    ])
    await execute(database.db, 'UPDATE settings SET quiet_hours = NULL')
  })

  test('leaves by hand', async () => {
    await automationOf(database.db, of([day, mail]), NOW)
    await happen('go', 'c0', 'c1')
    await until('2026-06-10T12:00')
    const [one] = await rows<{ id: number }>(database.db, 'SELECT id FROM enrolments ORDER BY id')
    expect(await takeOut(database.db, 'automation', [one?.id ?? 0], clock.now)).toBe(1)
    await until('2026-06-12T12:00')
    expect(await states()).toEqual(['c0 exited by_hand', 'c1 finished'])
  })
})

describe('an automation', () => {
  test('that is paused holds everybody; resumed, what was due meanwhile is done', async () => {
    await automationOf(database.db, of([day, mail]), NOW)
    await happen('go', 'c0')
    await until('2026-06-10T12:00')
    await pauseAutomation(database.db, 'automation', clock.now)
    await happen('go', 'c1')
    await until('2026-06-15T12:00')
    expect([await states(), mails.taken.length]).toEqual([['c0 at day'], 0])
    await resumeAutomation(database.db, 'automation', clock.now)
    await until('2026-06-15T12:01')
    expect(await states()).toEqual(['c0 finished'])
    expect(mails.taken).toHaveLength(1)
  })

  test('that is stopped sends nothing more, whatever was queued', async () => {
    await execute(database.db, `UPDATE settings SET quiet_hours = '{"from": "09:00", "to": "18:00"}'`)
    await automationOf(database.db, of([mail, day]), NOW)
    await happen('go', 'c0', 'c1')
    await until('2026-06-10T12:00')
    expect(await stopAutomation(database.db, 'automation', clock.now)).toEqual({ left: 2, notStopped: 0 })
    await happen('go', 'c2')
    await until('2026-06-12T12:00')
    expect(await states()).toEqual(['c0 stopped stopped', 'c1 stopped stopped'])
    expect(mails.taken).toHaveLength(0)
    await execute(database.db, 'UPDATE settings SET quiet_hours = NULL')
  })

  test('keeps those inside on their version, or moves them step by step', async () => {
    const { db } = database
    const id = await automationOf(db, of([day, mail]), NOW)
    await happen('go', 'c0')
    await until('2026-06-10T12:00')
    const second = of([{ id: 'long', wait: { days: 5 } }, day, { id: 'tag', tag: { add: ['two'] } }])
    await transact(db, (trx) => publishVersion(trx, id, { definition: second, by: null }, clock.now))
    await happen('go', 'c1')
    await until('2026-06-10T13:00')
    const sql = 'SELECT version, step FROM enrolments ORDER BY id'
    expect(await rows(db, sql)).toEqual([
      { version: 1, step: 'day' },
      { version: 2, step: 'long' },
    ])
    const mapping = [{ version: 1, step: 'day', to: { step: 'day' } }]
    expect(await moveVersions(db, id, mapping, clock.now)).toEqual([{ ...mapping[0], customers: 1 }])
    await until('2026-06-20T13:00')
    expect((await waysOf(db)).map(({ way }) => way)).toEqual([
      ['day moved 2026-06-10T13:00', 'day passed 2026-06-11T10:00', 'tag passed 2026-06-11T10:00'],
      ['long passed 2026-06-15T12:00', 'day passed 2026-06-16T12:00', 'tag passed 2026-06-16T12:00'],
    ])
    expect(mails.taken).toHaveLength(0)
  })

  test('tries a failed step again, or goes on without it', async () => {
    await automationOf(database.db, of([{ id: 'mail', send: { channel: 'email', template: 'later' } }]), NOW)
    await happen('go', 'c0', 'c1')
    await until('2026-06-10T12:00')
    const [one] = await rows<{ id: number }>(database.db, 'SELECT id FROM enrolments ORDER BY id')
    expect(await skipFailed(database.db, 'automation', { enrolments: [one?.id ?? 0] }, clock.now)).toBe(1)
    await templateOf(database.db, 'later', clock.now)
    expect(await retryFailed(database.db, 'automation', { step: 'mail' }, clock.now)).toBe(1)
    await until('2026-06-10T13:00')
    expect(await states()).toEqual(['c0 finished', 'c1 finished'])
    expect(mails.taken.map(({ to }) => to)).toEqual(['c1@mail.test'])
  })
})
