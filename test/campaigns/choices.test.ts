import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createCampaign } from '../../domain/campaigns/createCampaign.ts'
import { resolveCriteria } from '../../domain/campaigns/criteria.ts'
import { listVerdicts } from '../../domain/campaigns/listVerdicts.ts'
import { preflight } from '../../domain/campaigns/preflight.ts'
import { getCampaign } from '../../domain/campaigns/readCampaigns.ts'
import { cancelCampaign, pauseCampaign, resumeCampaign } from '../../domain/campaigns/steerCampaign.ts'
import { type Database, rows } from '../../domain/database.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { type Clock, playCampaign } from '../support/playCampaign.ts'
import { countStates, insertCustomers, recordingChannel } from '../support/sending.ts'

const CONTENT = { subject: 'Ours', html: '<p>First <a href="https://studio.test/a">plan</a></p>' }
const SECOND = { subject: 'Theirs', html: '<p>Second <a href="https://studio.test/b">plan</a></p>' }
const CUSTOMERS = 60

let database: TestDatabase
let db: Database
let ids: string[]
beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  // every seventh shares an address with the one before
  ids = await insertCustomers(db, CUSTOMERS, (index) => `c${index - (index % 7 === 1 ? 1 : 0)}@mail.test`)
})
afterAll(() => database.drop())

type Order = Omit<Parameters<typeof createCampaign>[1], 'criteria' | 'content' | 'createdBy'>

const START = new Date('2026-11-30T08:00:00Z')
const made = (picked: readonly string[], order: Order, now = START) =>
  createCampaign(db, { ...order, criteria: { customers: picked }, content: CONTENT, createdBy: null }, now)

type Sent = { id: string; variant: 'a' | 'b' | null; due: Date; state: string }
const deliveriesOf = (campaign: number) =>
  rows<Sent>(
    db,
    `SELECT c.external_id AS id, d.variant, d.due_at AS due, d.state FROM deliveries d
     JOIN customers c ON c.id = d.customer_id WHERE d.campaign_id = ? ORDER BY d.customer_id`,
    [campaign],
  )

/** Our own ids in the order that a seed mixes them into: the rule of the SQL, written from its words. */
function mixed(own: readonly number[], seed: string): number[] {
  const place = (id: number) =>
    Number.parseInt(createHash('sha256').update(`${seed}:${id}`).digest('hex').slice(0, 12), 16)
  return [...own].sort((a, b) => place(a) - place(b) || a - b)
}

test('who is held out, compared and spread is what the plainest reading says, and preflight says the same', async () => {
  const order = fc.record({
    picked: fc.uniqueArray(fc.constantFrom(...Array.from({ length: CUSTOMERS }, (_, index) => index)), {
      minLength: 1,
    }),
    holdout: fc.constantFrom(0, 1, 10, 33, 50, 90),
    seed: fc.constantFrom('one', 'two', 'three'),
    spreadMinutes: fc.constantFrom(null, 1, 90),
    share: fc.constantFrom(null, 1, 20, 50, 99, 100),
  })
  await fc.assert(
    fc.asyncProperty(order, async ({ picked, holdout, seed, spreadMinutes, share }) => {
      const asked = picked.map((index) => ids[index] ?? '')
      const abTest = share === null ? null : { ...SECOND_OF, share, decide: 'by_hand' as const, after_minutes: null }
      const audience = await resolveCriteria(db, { customers: asked })
      const before = await preflight(db, audience, { holdout, seed })
      const held = await listVerdicts(db, audience, { holdout, seed }, { reason: 'holdout', limit: 500 })
      const campaign = await made(asked, { holdout, seed, spreadMinutes, abTest })
      const clock = { now: START }
      const { channel, taken } = recordingChannel()
      await playCampaign(db, campaign, { clock, channel })

      const expected = naive(picked, { holdout, seed, spreadMinutes, share })
      const sent = await deliveriesOf(campaign)
      expect(sent.map(({ id, variant }) => [id, variant])).toEqual(expected.map(({ id, variant }) => [id, variant]))
      expect(before.recipients).toBe(sent.length)
      expect(held.items.map(({ id }) => id)).toEqual(expected.held)
      for (const [index, one] of expected.entries()) {
        if (one.after !== null)
          expect(Math.abs((sent[index]?.due.getTime() ?? 0) - START.getTime() - one.after)).toBeLessThan(2)
      }
      const seconds = taken.filter(({ subject }) => subject === 'Theirs')
      expect(seconds).toHaveLength(expected.filter(({ variant }) => variant === 'b').length)
      expect(taken).toHaveLength(expected.filter(({ waits }) => !waits).length)
    }),
    { numRuns: 40 },
  )
})
const SECOND_OF = { content: SECOND }

type Naive = { id: string; variant: 'a' | 'b' | null; waits: boolean; after: number | null }

/** The rules read as plainly as possible, over indexes of customers (our own ids are one more). */
function naive(
  picked: readonly number[],
  {
    holdout,
    seed,
    spreadMinutes,
    share,
  }: { holdout: number; seed: string; spreadMinutes: number | null; share: number | null },
): Naive[] & { held: string[] } {
  const inOrder = [...picked].sort((a, b) => a - b)
  const single = inOrder.filter((index) => !(index % 7 === 1 && inOrder.includes(index - 1)))
  const own = single.map((index) => index + 1)
  const held = mixed(own, `holdout:${seed}`).slice(0, Math.floor((own.length * holdout) / 100))
  const recipients = own.filter((id) => !held.includes(id))
  const queue = mixed(recipients, `order:${seed}`)
  const compared = share === null ? 0 : Math.min(queue.length, Math.max(2, Math.floor((queue.length * share) / 100)))
  const between =
    spreadMinutes !== null && (share === null || share === 100) ? (spreadMinutes * 60_000) / queue.length : 0
  const answer = recipients.map((id): Naive => {
    const place = queue.indexOf(id)
    const waits = share !== null && place >= compared
    return {
      id: `c${id - 1}`,
      variant: place >= compared ? null : place % 2 === 0 ? 'a' : 'b',
      waits,
      after: waits ? null : place * between,
    }
  })
  return Object.assign(answer, { held: held.sort((a, b) => a - b).map((id) => `c${id - 1}`) })
}

test('the clicks decide after their time, and the others get the winner', async () => {
  const clock: Clock = { now: START }
  const { channel, taken } = recordingChannel()
  const abTest = { content: SECOND, share: 40, decide: 'clicks' as const, after_minutes: 60 }
  const campaign = await made(ids, { abTest, spreadMinutes: 30, seed: 's' })
  const waits = await playCampaign(db, campaign, { clock, channel, until: new Date('2026-11-30T08:30:00Z') })
  expect(waits).toEqual({ step: 'wait', until: '2026-11-30T09:00:00.000Z' })
  const { total } = await getCampaign(db, campaign)
  expect(taken).toHaveLength(Math.floor(total * 0.4))

  await db.raw(
    "UPDATE deliveries SET opened_at = ?, clicked_at = ? WHERE campaign_id = ? AND variant = 'b' ORDER BY id LIMIT 2",
    [clock.now, clock.now, campaign],
  )
  await db.raw("UPDATE deliveries SET clicked_at = ? WHERE campaign_id = ? AND variant = 'a' ORDER BY id LIMIT 1", [
    clock.now,
    campaign,
  ])
  expect(await playCampaign(db, campaign, { clock, channel })).toEqual({ step: 'end' })
  const after = await getCampaign(db, campaign)
  expect(after).toMatchObject({ state: 'sent', sent: total })
  expect(after.abTest).toMatchObject({ winner: 'b', decidedBy: null, decidedAt: new Date('2026-11-30T09:00:00Z') })
  expect(after.abTest?.variants).toMatchObject([{ clicked: 1 }, { clicked: 2, opened: 2 }])
  expect(taken.slice(Math.floor(total * 0.4)).every(({ subject }) => subject === 'Theirs')).toBe(true)
  // the second message leads where it says
  expect(taken.at(-1)?.html).toContain('Second')
  const rest = (await deliveriesOf(campaign)).filter(({ due }) => due > new Date('2026-11-30T09:00:00Z'))
  expect(rest.length).toBeGreaterThan(total / 2)
  expect(rest.every(({ due }) => due <= new Date('2026-11-30T09:30:00Z'))).toBe(true)
})

test('paused, nothing is decided; cancelled, those who waited for the winner get nothing', async () => {
  const clock: Clock = { now: START }
  const { channel, taken } = recordingChannel()
  const abTest = { subject: 'Theirs', share: 20, decide: 'clicks' as const, after_minutes: 60 }
  const campaign = await made(ids, { abTest })
  await playCampaign(db, campaign, { clock, channel, until: START })
  await pauseCampaign(db, campaign, clock.now)
  clock.now = new Date('2026-11-30T10:00:00Z')
  expect(await playCampaign(db, campaign, { clock, channel })).toEqual({ step: 'wait', until: null })
  expect((await getCampaign(db, campaign)).abTest?.winner).toBeNull()
  await resumeCampaign(db, campaign, clock.now)
  await cancelCampaign(db, campaign, clock.now)
  const sent = taken.length
  expect(await playCampaign(db, campaign, { clock, channel })).toEqual({ step: 'end' })
  expect(taken).toHaveLength(sent)
  const { total } = await getCampaign(db, campaign)
  expect(await countStates(db, campaign)).toEqual({ sent, cancelled: total - sent })
})

test('within the undo window nothing is prepared, and cancelling leaves no trace of a delivery', async () => {
  const clock: Clock = { now: START }
  const { channel, taken } = recordingChannel()
  const campaign = await made(ids, { undoSeconds: 15 })
  const end = new Date(START.getTime() + 15_000)
  const just = new Date(end.getTime() - 1)
  expect(await playCampaign(db, campaign, { clock, channel, until: just })).toMatchObject({ until: end.toISOString() })
  await cancelCampaign(db, campaign, just)
  expect(await playCampaign(db, campaign, { clock, channel })).toEqual({ step: 'end' })
  expect([taken.length, await countStates(db, campaign), (await getCampaign(db, campaign)).audience]).toEqual([
    0,
    {},
    null,
  ])

  const other = await made(ids, { undoSeconds: 15 })
  clock.now = START
  await playCampaign(db, other, { clock, channel })
  expect(clock.now).toEqual(end)
  expect(await getCampaign(db, other)).toMatchObject({ state: 'sent' })
})
