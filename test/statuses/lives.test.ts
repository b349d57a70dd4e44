import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { execute, rows } from '../../domain/database.ts'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import { recomputeStatuses } from '../../domain/statuses/recomputeStatuses.ts'
import { saveStatusRules } from '../../domain/statuses/saveStatusRules.ts'
import { setByHand } from '../../domain/statuses/setByHand.ts'
import { setStatus } from '../../domain/statuses/setStatus.ts'
import type { StatusRule } from '../../domain/statuses/standardRules.ts'
import { STATUSES, type Status } from '../../domain/statuses/status.ts'
import { undoSetting } from '../../domain/statuses/undoSetting.ts'
import type { Rule } from '../../rules/rule.ts'
import { send } from '../ingest/support.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { randomFrom } from '../support/random.ts'

// Random lives under random rules: after each step every customer's status is what a walk through that customer's life
// alone says, and the history of changes leads there. More with PERENNIAL_LONG=1.

const LIVES = process.env.PERENNIAL_LONG === '1' ? 300 : 16
const STEPS = 30
const PEOPLE = 5
const DAY = 86_400_000

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

type Life = {
  bookings: Map<string, { at: Date; state: string }>
  payments: Set<string>
  wrote: boolean
  automatic: Status
  hand: { status: Status; automation: boolean } | null
}

const dayOf = (at: Date) => Math.floor(at.getTime() / DAY)
const attendedIn = ({ bookings }: Life, now: Date, days: number) =>
  [...bookings.values()].filter(({ at, state }) => state === 'attended' && at <= now && dayOf(at) >= dayOf(now) - days)

/** What each rule says of a life, written from its sentence. */
const SAYS: Record<string, { from: Status; to: Status; rule: Rule; holds: (life: Life, now: Date) => boolean }> = {
  attended: {
    from: 'lead',
    to: 'customer',
    rule: { fact: 'booking_count', states: ['attended'], is: '>=', value: 1 },
    holds: ({ bookings }) => [...bookings.values()].some(({ state }) => state === 'attended'),
  },
  paid: {
    from: 'lead',
    to: 'customer',
    rule: { fact: 'payment_count', is: '>=', value: 1 },
    holds: ({ payments }) => payments.size > 0,
  },
  wrote: {
    from: 'lead',
    to: 'customer',
    rule: { fact: 'last_interaction', is: 'set' },
    holds: ({ wrote }) => wrote,
  },
  often: {
    from: 'customer',
    to: 'vip',
    rule: { fact: 'booking_count', states: ['attended'], within: { last: { days: 20 } }, is: '>=', value: 2 },
    holds: (life, now) => attendedIn(life, now, 20).length >= 2,
  },
  'no-longer': {
    from: 'vip',
    to: 'customer',
    rule: { not: { fact: 'booking_count', states: ['attended'], within: { last: { days: 20 } }, is: '>=', value: 2 } },
    holds: (life, now) => attendedIn(life, now, 20).length < 2,
  },
  lapsed: {
    from: 'customer',
    to: 'lead',
    rule: { not: { fact: 'booking_count', states: ['attended'], within: { last: { days: 60 } }, is: '>=', value: 1 } },
    holds: (life, now) => attendedIn(life, now, 60).length === 0,
  },
  straight: {
    from: 'lead',
    to: 'vip',
    rule: { fact: 'payment_count', is: '>=', value: 3 },
    holds: ({ payments }) => payments.size >= 3,
  },
}

const place = (status: Status) => STATUSES.indexOf(status)

/** Down by each rule that leads down and holds; then up, to where none would lead down again. */
function walk(life: Life, start: Status, enabled: boolean, rules: readonly StatusRule[], now: Date): Status {
  const using = rules.filter((rule) => rule.enabled && (enabled || rule.from !== 'lead'))
  const holds = ({ id }: StatusRule) => SAYS[id]?.holds(life, now) === true
  const isDown = ({ from, to }: StatusRule) => place(to) < place(from)
  let status = start
  for (;;) {
    const down = using.find((rule) => rule.from === status && isDown(rule) && holds(rule))
    if (down === undefined) break
    status = down.to
  }
  for (;;) {
    const up = using.find(
      (rule) =>
        rule.from === status &&
        !isDown(rule) &&
        holds(rule) &&
        !using.some((back) => back.from === rule.to && isDown(back) && holds(back)),
    )
    if (up === undefined) return status
    status = up.to
  }
}

test.each(Array.from({ length: LIVES }, (_, index) => index + 1))('seed %i', async (seed) => {
  const { db } = database
  for (const table of ['status_automation_versions', 'status_acts', 'status_changes', 'dirty_relationships']) {
    await execute(db, `DELETE FROM ${table}`)
  }
  // this life begins before the last one ended
  await execute(db, 'UPDATE segment_upkeep SET refreshed_to = NULL')
  const random = randomFrom(seed)
  let now = new Date('2026-03-01T12:00:00Z')
  const ids = Array.from({ length: PEOPLE }, (_, index) => `x${seed}-${index}`)
  const lives = new Map(
    ids.map((id): [string, Life] => [
      id,
      { bookings: new Map(), payments: new Set(), wrote: false, automatic: 'lead', hand: null },
    ]),
  )
  const lifeOf = (id: string) => lives.get(id) as Life
  let rules: StatusRule[] = []
  let enabled = true
  let serial = 0
  // acts that stand, with whom each changed and how it was with them before
  const acts: { act: number; at: number; before: Map<string, Life['hand']> }[] = []
  await send(db, { customers: ids.map((id) => ({ id })) }, now)

  const settle = async () => {
    await refreshSegments(db, now)
    for (const life of lives.values()) life.automatic = walk(life, life.automatic, enabled, rules, now)
  }
  const saveRules = async () => {
    enabled = random.chance(0.85)
    const names = Object.keys(SAYS).sort(() => (random.chance(0.5) ? 1 : -1))
    rules = names.map((id) => {
      const { from, to, rule } = SAYS[id] as (typeof SAYS)[string]
      return { id, enabled: random.chance(0.6), from, to, rule }
    })
    const anew = random.chance(0.3)
    await saveStatusRules(db, { enabled, rules }, { by: 'ada', anew }, now)
    await recomputeStatuses(db, now)
    for (const life of lives.values()) {
      life.automatic = walk(life, anew ? 'lead' : life.automatic, enabled, rules, now)
    }
  }
  const some = () => ids.filter(() => random.chance(0.4))
  const setHand = async () => {
    const whom = some()
    if (whom.length === 0) return
    const status = random.pick([...STATUSES, 'automatic'] as const)
    const { act } = await setByHand(db, { customers: whom }, { status, by: 'ada' }, now)
    const concerned = whom.filter((id) => {
      const { hand } = lifeOf(id)
      return status === 'automatic' ? hand !== null : hand === null || hand.automation || hand.status !== status
    })
    expect(act === null).toBe(concerned.length === 0)
    const before = new Map(concerned.map((id) => [id, lifeOf(id).hand]))
    for (const id of concerned) lifeOf(id).hand = status === 'automatic' ? null : { status, automation: false }
    if (act !== null) acts.push({ act, at: now.getTime(), before })
  }
  const automate = async () => {
    const whom = some()
    if (whom.length === 0) return
    const status = random.pick([...STATUSES, 'automatic'] as const)
    const picked = {
      sql: `SELECT id AS customer_id FROM customers WHERE external_id IN (${whom.map(() => '?').join(', ')})`,
      bindings: whom,
    }
    await db.transaction((trx) => setStatus(trx, picked, { status, by: null, automation: 'a1' }, now))
    for (const id of whom) {
      const life = lifeOf(id)
      if (status === 'automatic') life.hand = life.hand?.automation ? null : life.hand
      else if (life.hand === null || life.hand.automation) life.hand = { status, automation: true }
    }
  }
  const undo = async () => {
    const [undone] = acts.splice(random.int(0, Math.max(0, acts.length - 1)), 1)
    if (undone === undefined) return
    if (undone.at < now.getTime() - 7 * DAY) {
      await expect(undoSetting(db, undone.act, 'ada', now)).rejects.toThrow('too long ago')
      return
    }
    await undoSetting(db, undone.act, 'ada', now)
    const since = acts.filter(({ act }) => act > undone.act)
    for (const [id, hand] of undone.before) if (!since.some(({ before }) => before.has(id))) lifeOf(id).hand = hand
  }
  const live = async () => {
    const id = random.pick(ids)
    const life = lifeOf(id)
    const kind = random.int(0, 4)
    if (kind === 0 || kind === 1) {
      const own = [...life.bookings.keys()]
      const known = own.length > 0 && random.chance(0.4) ? random.pick(own) : `b${seed}-${++serial}`
      const at = life.bookings.get(known)?.at ?? new Date(now.getTime() - random.int(-5, 30) * DAY)
      const state = random.pick(['booked', 'attended', 'attended', 'no_show', 'cancelled'])
      life.bookings.set(known, { at, state })
      await send(db, { bookings: [{ id: known, customer: id, starts_at: at.toISOString(), state }] }, now)
    } else if (kind === 2) {
      const payment = `p${seed}-${++serial}`
      life.payments.add(payment)
      await send(db, { payments: [{ id: payment, customer: id, amount: 100, paid_at: now.toISOString() }] }, now)
    } else if (kind === 3 && life.payments.size > 0) {
      const payment = random.pick([...life.payments])
      life.payments.delete(payment)
      await send(db, { payments: [{ id: payment, deleted: true }] }, now)
    } else if (random.chance(0.3)) {
      life.wrote = true
      await send(
        db,
        { interactions: [{ id: `i${seed}-${++serial}`, customer: id, direction: 'inbound', at: now.toISOString() }] },
        now,
      )
    }
  }

  await saveRules()
  for (let step = 0; step < STEPS; step++) {
    now = new Date(now.getTime() + random.pick([60_000, 60_000, DAY, 7 * DAY, 30 * DAY]))
    await settle()
    const act = random.pick([live, live, live, setHand, automate, undo, saveRules])
    await act()
    await settle()
    const found = await rows<{ id: string; status: Status; automatic: Status; by_hand: number; said: Status | null }>(
      db,
      `SELECT c.external_id AS id, c.status, c.automatic_status AS automatic, c.status_by_hand AS by_hand,
         (SELECT s.to_status FROM status_changes s WHERE s.customer_id = c.id ORDER BY s.id DESC LIMIT 1) AS said
       FROM customers c WHERE c.external_id LIKE ? ORDER BY c.external_id`,
      [`x${seed}-%`],
    )
    const expected = ids.map((id) => {
      const { automatic, hand } = lifeOf(id)
      return { id, status: hand?.status ?? automatic, automatic, by_hand: hand === null ? 0 : 1 }
    })
    expect({ step, act: act.name, found: found.map(({ said: _, ...row }) => row) }).toEqual({
      step,
      act: act.name,
      found: expected,
    })
    for (const { said, status } of found) expect(said ?? 'lead').toBe(status)
  }
  const broken = await rows(
    db,
    `SELECT s.id FROM status_changes s JOIN customers c ON c.id = s.customer_id
     WHERE c.external_id LIKE ? AND (s.from_status = s.to_status OR s.from_status <> COALESCE(
       (SELECT b.to_status FROM status_changes b WHERE b.customer_id = s.customer_id AND b.id < s.id
        ORDER BY b.id DESC LIMIT 1), 'lead'))`,
    [`x${seed}-%`],
  )
  expect(broken).toEqual([])
})
