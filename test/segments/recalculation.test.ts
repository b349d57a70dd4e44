import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { segmentActivities } from '../../activities/segments.ts'
import type { Explanation, Member, Segment } from '../../api/contract/segments.ts'
import { execute, rows } from '../../domain/database.ts'
import { nextRecalculation } from '../../domain/segments/recalculation/nextRecalculation.ts'
import { startDueRecalculations } from '../../domain/segments/recalculation/startDue.ts'
import { recomputeSegment } from '../../domain/segments/recomputeSegment.ts'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const at = (text: string) => new Date(text)

describe('when the clock recalculates next', () => {
  test.each([
    ['at the next full hour', 'hourly', undefined, '2026-06-10T10:00:00Z', '2026-06-10T11:00:00.000Z'],
    [
      'at a full hour of a zone with half hours',
      'hourly',
      'Asia/Kolkata',
      '2026-06-10T10:05:00Z',
      '2026-06-10T10:30:00.000Z',
    ],
    ['tonight', 'nightly', undefined, '2026-06-10T00:00:00Z', '2026-06-10T00:30:00.000Z'],
    ['tomorrow night', 'nightly', undefined, '2026-06-10T00:30:00Z', '2026-06-11T00:30:00.000Z'],
    ['as much later as the clock skips', 'nightly', undefined, '2026-03-28T20:00:00Z', '2026-03-29T01:30:00.000Z'],
    ['the first time of two', 'nightly', undefined, '2026-10-24T20:00:00Z', '2026-10-25T00:30:00.000Z'],
    ['not at the second time of two', 'nightly', undefined, '2026-10-25T00:30:00Z', '2026-10-26T01:30:00.000Z'],
    [
      'hour by hour over a clock that is set back',
      'hourly',
      undefined,
      '2026-10-25T00:00:00Z',
      '2026-10-25T01:00:00.000Z',
    ],
  ] as const)('%s', (_, mode, timeZone, after, next) => {
    const recalculation = { mode, at: '02:30' }
    expect(nextRecalculation(recalculation, at(after), timeZone ?? 'Europe/Berlin')?.toISOString()).toBe(next)
  })

  test.each(['live', 'by_hand'] as const)('never for %s', (mode) => {
    expect(nextRecalculation({ mode }, at('2026-06-10T10:00:00Z'), 'Europe/Berlin')).toBeNull()
  })
})

describe('a segment that is not live', () => {
  const NOW = at('2026-06-10T10:00:00.000Z')
  let now = NOW
  let database: TestDatabase
  let api: TestApi
  beforeAll(async () => {
    database = await createTestDatabase()
    api = await startApi(database.db, undefined, () => now)
  })
  afterAll(async () => {
    await api.close()
    await database.drop()
  })

  beforeEach(async () => {
    for (const table of [
      'segments',
      'dirty_relationships',
      'bookings',
      'relationships',
      'customers',
      'workflow_outbox',
    ]) {
      await execute(database.db, `DELETE FROM ${table}`)
    }
    await execute(database.db, 'UPDATE segment_upkeep SET refreshed_to = NULL')
    now = NOW
    await api.call('put', '/settings', { time_zone: 'Europe/Berlin' })
    await api.call('post', '/ingest', { customers: [{ id: 'a' }, { id: 'b' }] })
    await refreshSegments(database.db, now)
  })

  const booking = (customer: string, starts_at: string) => ({
    id: `${customer} booked`.replace(' ', '-'),
    customer,
    starts_at,
  })
  async function make(recalculation: object, rule: object = { fact: 'first_booking', is: 'set' }): Promise<Segment> {
    const { body } = await api.call<Segment>('post', '/segments', { name: 'Booked', rule, recalculation })
    await recomputeSegment(database.db, 'booked', now)
    await execute(database.db, 'DELETE FROM workflow_outbox')
    return body
  }
  const read = async () => (await api.call<Segment>('get', '/segments/booked')).body
  const members = async () =>
    (await api.call<{ items: Member[] }>('get', '/segments/booked/members')).body.items.map(({ id }) => id)
  const causes = async () =>
    (await rows<{ cause: string }>(database.db, 'SELECT cause FROM segment_transitions ORDER BY id')).map(
      ({ cause }) => cause,
    )
  const asked = async () =>
    (await rows<{ workflow_id: string }>(database.db, 'SELECT workflow_id FROM workflow_outbox')).map(
      ({ workflow_id }) => workflow_id,
    )

  test('is left as it is by what happens, until its hour: then it changes with the cause time', async () => {
    expect((await make({ mode: 'hourly' })).next_recalculation_at).toBe('2026-06-10T11:00:00.000Z')
    now = at('2026-06-10T10:20:00Z')
    await api.call('post', '/ingest', { bookings: [booking('a', '2026-06-01T10:00:00Z')] })
    const { refresh } = segmentActivities({ db: database.db, clock: () => now })
    expect(await refresh()).toEqual({ nextFlip: '2026-06-10T11:00:00.000Z' })
    expect([await members(), await asked()]).toEqual([[], []])
    expect((await read()).last_recalculated_at).toBe(NOW.toISOString())
    now = at('2026-06-10T11:00:00Z')
    await refresh()
    expect(await asked()).toEqual(['recompute-booked-v1'])
    await recomputeSegment(database.db, 'booked', now)
    expect([await members(), await causes()]).toEqual([['a'], ['time']])
    expect(await read()).toMatchObject({
      last_recalculated_at: '2026-06-10T11:00:00.000Z',
      next_recalculation_at: '2026-06-10T12:00:00.000Z',
    })
  })

  test('is moved by no lapse of time before its hour, and the upkeep does not spin on it', async () => {
    const within = { fact: 'last_booking', is: 'within_last', value: { days: 5 } }
    await make({ mode: 'by_hand' }, within)
    await api.call('post', '/ingest', { bookings: [booking('a', '2026-06-09T10:00:00Z')] })
    await recomputeSegment(database.db, 'booked', now)
    expect(await members()).toEqual(['a'])
    now = at('2026-06-20T10:00:00Z')
    expect((await refreshSegments(database.db, now)).nextFlip).toBeNull()
    expect([await members(), (await read()).next_recalculation_at]).toEqual([['a'], null])
    const { body } = await api.call<Segment>('post', '/segments/booked/recompute')
    expect(body.recomputing).toBe(true)
    await recomputeSegment(database.db, 'booked', now)
    expect([await members(), await causes()]).toEqual([[], ['time', 'time']])
  })

  test('promises that members leave when it is recalculated, or nothing where only somebody says when', async () => {
    const within = { fact: 'last_booking', is: 'within_last', value: { days: 5 } }
    await make({ mode: 'nightly', at: '02:30' }, within)
    await api.call('post', '/ingest', { bookings: [booking('a', '2026-06-09T10:00:00Z')] })
    await recomputeSegment(database.db, 'booked', now)
    const leaves = async () => {
      const { items } = (await api.call<{ items: Member[] }>('get', '/segments/booked/members')).body
      return items.map(({ leaves_at }) => leaves_at)
    }
    expect(await leaves()).toEqual(['2026-06-15T00:30:00.000Z'])
    // the rule holds no longer, but nobody has looked yet
    now = at('2026-06-20T10:00:00Z')
    expect(await leaves()).toEqual(['2026-06-21T00:30:00.000Z'])
    const { body } = await api.call<Explanation>('get', '/segments/booked/explain?customer=a')
    expect(body).toMatchObject({ member: true, nodes: [{ path: '', holds: false }] })
    await api.call('patch', '/segments/booked', { recalculation: { mode: 'by_hand' } })
    expect(await leaves()).toEqual([undefined])
  })

  test('hours that were missed are made up for once, at once', async () => {
    await make({ mode: 'nightly', at: '02:30' })
    now = at('2026-06-15T09:00:00Z')
    const workers = await Promise.all([1, 2, 3].map(() => startDueRecalculations(database.db, now)))
    expect(workers.map((next) => next?.toISOString())).toContain('2026-06-16T00:30:00.000Z')
    expect(await asked()).toEqual(['recompute-booked-v1'])
    await execute(database.db, 'DELETE FROM workflow_outbox')
    await startDueRecalculations(database.db, now)
    expect(await asked()).toEqual([])
  })

  test('history loaded is at once what it is, so that it is no news later', async () => {
    await make({ mode: 'by_hand' })
    await api.call('post', '/ingest', { bookings: [booking('a', '2026-06-01T10:00:00Z')], historical: true })
    await api.call('post', '/ingest', { bookings: [booking('b', '2026-06-01T10:00:00Z')] })
    await refreshSegments(database.db, now)
    expect([await members(), await causes()]).toEqual([['a'], ['historical']])
    await recomputeSegment(database.db, 'booked', now)
    expect([await members(), await causes()]).toEqual([
      ['a', 'b'],
      ['historical', 'time'],
    ])
  })

  test('what was decided by hand, and who is gone, does not wait', async () => {
    await make({ mode: 'by_hand' })
    await api.call('put', '/segments/booked/members/a')
    expect(await members()).toEqual(['a'])
    await api.call('post', '/ingest', { customers: [{ id: 'a', deleted: true }] })
    await refreshSegments(database.db, now)
    expect((await read()).members).toBe(0)
  })

  test('is recalculated at once when it becomes live, and lives from then on', async () => {
    await make({ mode: 'nightly', at: '02:30' })
    await api.call('post', '/ingest', { bookings: [booking('a', '2026-06-01T10:00:00Z')] })
    await refreshSegments(database.db, now)
    const { body } = await api.call<Segment>('patch', '/segments/booked', { recalculation: { mode: 'live' } })
    expect([body.next_recalculation_at, await asked()]).toEqual([null, ['recompute-booked-v1']])
    await recomputeSegment(database.db, 'booked', now)
    expect(await members()).toEqual(['a'])
    await api.call('post', '/ingest', { bookings: [booking('b', '2026-06-20T10:00:00Z')] })
    await refreshSegments(database.db, now)
    expect([await members(), await causes()]).toEqual([
      ['a', 'b'],
      ['time', 'event'],
    ])
  })

  test('keeps its local time when the business moves to another time zone', async () => {
    expect((await make({ mode: 'nightly', at: '02:30' })).next_recalculation_at).toBe('2026-06-11T00:30:00.000Z')
    await api.call('put', '/settings', { time_zone: 'America/New_York' })
    expect((await read()).next_recalculation_at).toBe('2026-06-11T06:30:00.000Z')
  })

  test('is asked for by others as it stands, and they follow it when it is recalculated', async () => {
    await make({ mode: 'by_hand' })
    const rule = { fact: 'segment', is: 'in', value: 'booked' }
    await api.call('post', '/segments', { name: 'Asks', rule })
    await recomputeSegment(database.db, 'asks', now)
    await api.call('post', '/ingest', { bookings: [booking('a', '2026-06-01T10:00:00Z')] })
    await refreshSegments(database.db, now)
    expect(await causes()).toEqual([])
    await recomputeSegment(database.db, 'booked', now)
    await refreshSegments(database.db, now)
    expect(await causes()).toEqual(['time', 'time'])
  })

  test.each([[{ mode: 'nightly', at: '25:00' }], [{ mode: 'weekly' }]])('%j is refused', async (recalculation) => {
    await make({ mode: 'live' })
    expect((await api.call('patch', '/segments/booked', { recalculation })).status).toBe(400)
  })
})
