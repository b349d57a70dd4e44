import { describe, expect, test } from '@jest/globals'
import { execute, rows } from '../../domain/database.ts'
import { ingest } from '../../domain/ingest/ingest.ts'
import type { Step } from '../../rules/automations/automation.ts'
import { automationOf, waysOf } from '../support/automations.ts'
import { at, NOW, of, stepBusiness } from '../support/stepBusiness.ts'

const database = stepBusiness()
const { clock, happen, until } = database

const german = { fact: 'language', is: 'one_of', value: ['de'] }

describe('a step', () => {
  test('that waits lets go after the time; days keep the time of day when the clocks change', async () => {
    clock.now = at('2026-10-24T10:00')
    await automationOf(
      database.db,
      of([
        { id: 'hour', wait: { hours: 24 } },
        { id: 'day', wait: { days: 1 } },
      ]),
      clock.now,
    )
    await happen('go', 'c0')
    await until('2026-10-31T10:00')
    expect(await waysOf(database.db)).toEqual([
      { customer: 'c0', state: 'finished', way: ['hour passed 2026-10-25T10:00', 'day passed 2026-10-26T10:00'] },
    ])
    clock.now = at('2026-10-24T10:00')
    await execute(database.db, 'DELETE FROM enrolments')
    await execute(database.db, 'DELETE FROM automations')
    await automationOf(database.db, of([{ id: 'day', wait: { days: 1 } }]), clock.now)
    await happen('go', 'c0')
    await until('2026-10-31T10:00')
    expect((await waysOf(database.db))[0]?.way).toEqual(['day passed 2026-10-25T11:00'])
  })

  test('that waits for an hour, and for a weekday', async () => {
    const steps: Step[] = [
      { id: 'nine', wait_until: { at: '09:00' } },
      { id: 'monday', wait_until: { weekdays: ['mon'], at: '18:30' } },
    ]
    await automationOf(database.db, of(steps), NOW)
    await happen('go', 'c0')
    await until('2026-07-01T00:00')
    expect((await waysOf(database.db))[0]?.way).toEqual([
      'nine passed 2026-06-11T07:00',
      'monday passed 2026-06-15T16:30',
    ])
  })

  test('that waits for a date of the customer, or as long as it may', async () => {
    await execute(database.db, "UPDATE customers SET birthdate = '1990-06-20' WHERE external_id = 'c0'")
    await execute(database.db, "UPDATE customers SET birthdate = '1990-12-20' WHERE external_id = 'c1'")
    const step: Step = { id: 'date', wait_until: { before: 'birthday', days: 3, at: '12:00', at_most: { days: 30 } } }
    await automationOf(database.db, of([step]), NOW)
    await happen('go', 'c0', 'c1', 'c2')
    await until('2026-08-01T00:00')
    expect((await waysOf(database.db)).map(({ way }) => way)).toEqual([
      ['date passed 2026-06-17T10:00'],
      ['date passed 2026-07-10T10:00'],
      ['date passed 2026-07-10T10:00'],
    ])
  })

  test('that waits for something goes one way when it happens, the other when the time is over', async () => {
    const step: Step = {
      id: 'yes',
      wait_for: { on: 'event', name: 'yes' },
      at_most: { days: 3 },
      then: [{ id: 'happy', tag: { add: ['happy'] } }],
      else: [{ id: 'sad', tag: { add: ['sad'] } }],
    }
    await automationOf(database.db, of([step, { id: 'last', wait: { hours: 1 } }]), NOW)
    await happen('go', 'c0', 'c1')
    await until('2026-06-11T12:30')
    await happen('yes', 'c1')
    await until('2026-06-20T00:00')
    expect((await waysOf(database.db)).map(({ way }) => way)).toEqual([
      ['yes else 2026-06-13T10:00', 'sad passed 2026-06-13T10:00', 'last passed 2026-06-13T11:00'],
      ['yes then 2026-06-11T12:30', 'happy passed 2026-06-11T12:30', 'last passed 2026-06-11T13:30'],
    ])
  })

  test('that waits for a rule goes on at the instant at which it holds, by a change or by time alone', async () => {
    const rule = { fact: 'first_booking', is: 'more_than_ago', value: { days: 1 } }
    const step: Step = { id: 'rule', wait_for: { rule }, at_most: { days: 9 }, then: [], else: [] }
    await automationOf(database.db, of([step]), NOW)
    await happen('go', 'c0', 'c1')
    await until('2026-06-10T12:00')
    const booking = { id: 'b', customer: 'c0', starts_at: '2026-06-11T09:00:00Z', state: 'booked' as const }
    await ingest(database.db, { bookings: [{ index: 0, item: booking }] }, clock.now)
    await until('2026-06-30T00:00')
    expect((await waysOf(database.db)).map(({ way }) => way)).toEqual([
      ['rule then 2026-06-12T22:00'],
      ['rule else 2026-06-19T10:00'],
    ])
  })

  test('that branches takes the first way that holds, and joins again', async () => {
    const step: Step = {
      id: 'fork',
      branch: [
        { if: german, then: [{ id: 'de', tag: { add: ['de'] } }] },
        { if: { all: [] }, then: [] },
      ],
      else: [{ id: 'never', end: true }],
    }
    await automationOf(database.db, of([step, { id: 'last', wait: { minutes: 5 } }]), NOW)
    await happen('go', 'c0', 'c1')
    await until('2026-06-11T00:00')
    expect((await waysOf(database.db)).map(({ way }) => way.map((text) => text.slice(0, -17)))).toEqual([
      ['fork 0', 'de passed', 'last passed'],
      ['fork 1', 'last passed'],
    ])
  })

  test('that splits sends each the way that chance has for them, the same every time', async () => {
    const step: Step = { id: 'split', split: [30, 70].map((percent) => ({ percent, then: [] })) }
    await automationOf(database.db, of([step]), NOW)
    await happen('go', 'c0', 'c1', 'c2', 'c3')
    await until('2026-06-10T11:00')
    const first = (await waysOf(database.db)).map(({ customer, way }) => [customer, way[0]?.slice(0, 7)])
    await happen('go', 'c0', 'c1', 'c2', 'c3')
    await until('2026-06-10T12:00')
    const both = (await waysOf(database.db)).map(({ customer, way }) => [customer, way[0]?.slice(0, 7)])
    expect(both.slice(4)).toEqual(first)
    expect(first.every(([, way]) => way === 'split 0' || way === 'split 1')).toBe(true)
  })

  test('that gives a reward gives it at once, and again to who comes by again', async () => {
    const gift = { kind: 'free_minutes', minutes: 20, days: 7, provider: 'p' } as const
    const steps: Step[] = [
      { id: 'gift', give: gift },
      {
        id: 'more',
        wait_for: { on: 'event', name: 'more' },
        at_most: { days: 1 },
        then: [{ id: 'back', go_to: 'gift' }],
        else: [],
      },
    ]
    await automationOf(database.db, of(steps), NOW)
    await happen('go', 'c0')
    await until('2026-06-10T23:00')
    await happen('more', 'c0')
    await until('2026-06-13T00:00')
    const given = await rows(database.db, 'SELECT state, minutes, valid_from, valid_to, step FROM rewards ORDER BY id')
    expect(given).toEqual([
      { state: 'active', minutes: 20, valid_from: '2026-06-10', valid_to: '2026-06-16', step: 'gift' },
      { state: 'active', minutes: 20, valid_from: '2026-06-11', valid_to: '2026-06-17', step: 'gift:4' },
    ])
  })

  test('that tags, sets a status, puts into a segment and takes out of one', async () => {
    const insert = {
      key: 'picked',
      name: 'Picked',
      scope: 'business',
      rule: '{"any": []}',
      version: 1,
      recalculation: '{"mode":"live"}',
    }
    await database.db('segments').insert({ ...insert, created_at: NOW, updated_at: NOW })
    const steps: Step[] = [
      { id: 'tag', tag: { add: ['new'], remove: ['old'] } },
      { id: 'status', status: 'vip' },
      { id: 'in', segment: { put: 'picked' } },
      { id: 'hour', wait: { hours: 1 } },
      { id: 'out', segment: { take: 'picked' } },
    ]
    await execute(
      database.db,
      "INSERT INTO customer_tags (customer_id, tag, created_at) SELECT id, 'old', ? FROM customers",
      [NOW],
    )
    await automationOf(database.db, of(steps), NOW)
    await happen('go', 'c0')
    await until('2026-06-10T10:30')
    const members = () =>
      rows(database.db, 'SELECT c.external_id FROM segment_members m JOIN customers c ON c.id = m.customer_id')
    expect(await members()).toEqual([{ external_id: 'c0' }])
    await until('2026-06-10T12:00')
    expect(await members()).toEqual([])
    const sql = `SELECT t.tag, c.status FROM customers c JOIN customer_tags t ON t.customer_id = c.id WHERE c.external_id = 'c0'`
    expect(await rows(database.db, sql)).toEqual([{ tag: 'new', status: 'vip' }])
  })
})
