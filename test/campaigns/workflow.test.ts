import type { ChildProcess } from 'node:child_process'
import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { Client, Connection, WorkflowNotFoundError } from '@temporalio/client'
import { createCampaign } from '../../domain/campaigns/createCampaign.ts'
import { getCampaign } from '../../domain/campaigns/readCampaigns.ts'
import { cancelCampaign } from '../../domain/campaigns/steerCampaign.ts'
import { type Database, rows } from '../../domain/database.ts'
import { BATCH } from '../../domain/deliveries/claimBatch.ts'
import { resendDelivery } from '../../domain/deliveries/resendDelivery.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { campaignTo, countStates, insertCustomers, kill, startProcess } from '../support/sending.ts'
import { createNamespace, temporalAddress } from '../support/temporal.ts'
import { until } from '../support/until.ts'

const ADDRESSES: Record<number, string> = { 3: 'c3@bounce.test', 7: 'c7@later.test' }

describe('a campaign through Temporal, a worker process and SMTP', () => {
  let database: TestDatabase
  let db: Database
  let customers: string[]
  let namespace: string
  let smtp: number
  const children: ChildProcess[] = []

  beforeAll(async () => {
    database = await createTestDatabase()
    db = database.db
    customers = await insertCustomers(db, 400, (index) => ADDRESSES[index] ?? `c${index}@mail.test`)
    namespace = await createNamespace()
    const inbox = await startProcess('domain/inbox/main.ts', { DATABASE_URL: database.url, INBOX_PORT: '0' })
    children.push(inbox.child)
    smtp = (inbox.message as { smtp: number }).smtp
    await startWorker()
  })
  afterAll(async () => {
    await Promise.all(children.map(kill))
    await database.drop()
  })

  async function startWorker(): Promise<ChildProcess> {
    const { child, message } = await startProcess('activities/worker.ts', {
      DATABASE_URL: database.url,
      TEMPORAL_ADDRESS: temporalAddress(),
      TEMPORAL_NAMESPACE: namespace,
      SMTP_URL: `smtp://127.0.0.1:${smtp}`,
      PUBLIC_URL: 'http://studio.test',
    })
    expect(message).toBe('ready')
    children.push(child)
    return child
  }

  const ended = (campaign: number, state: string) => async () => (await getCampaign(db, campaign)).state === state

  /** The sink's own count: how many mails each address got since a mail of the inbox. */
  const received = (after: number) =>
    rows<{ recipient: string; count: number }>(
      db,
      'SELECT recipient, COUNT(*) AS count FROM inbox_mails WHERE id > ? GROUP BY recipient',
      [after],
    )
  const lastMail = async () =>
    (await rows<{ id: number | null }>(db, 'SELECT MAX(id) AS id FROM inbox_mails'))[0]?.id ?? 0

  test('from the order to the last mail: delivered, bounced with the words, put off and sent in the end', async () => {
    const campaign = await campaignTo(db, { customers: customers.slice(0, 10) })
    const first = { bounced: 1, delivered: 8, queued: 1 }
    await until(async () => isDeepStrictEqual(await countStates(db, campaign), first))
    const [bounce] = await db('deliveries').where({ campaign_id: campaign, state: 'bounced' })
    expect(bounce).toMatchObject({
      address: 'c3@bounce.test',
      reason: expect.stringMatching(/550 5\.1\.1 .*no such mailbox/),
    })
    // the one that was put off is due in five seconds, and again in twenty: not waited for here
    await db.raw("UPDATE deliveries SET due_at = UTC_TIMESTAMP(3) WHERE state = 'queued'")
    await until(
      async () => (await rows(db, "SELECT 1 FROM deliveries WHERE state = 'queued' AND attempts = 2")).length === 1,
    )
    await db.raw("UPDATE deliveries SET due_at = UTC_TIMESTAMP(3) WHERE state = 'queued'")
    await signal(campaign)
    await until(ended(campaign, 'sent'))
    expect(await getCampaign(db, campaign)).toMatchObject({
      total: 10,
      sent: 9,
      delivered: 9,
      failed: 1,
      unconfirmed: 0,
    })
  })

  test('not before its time, and not after it was cancelled', async () => {
    const content = { subject: 'Later', html: '<p>Later</p>' }
    const soon = new Date(Date.now() + 5_000)
    const order = { criteria: { customers: ['c1'] }, content, createdBy: null }
    const campaign = await createCampaign(db, { ...order, sendAt: soon }, new Date())
    const never = await createCampaign(db, { ...order, sendAt: soon }, new Date())
    expect(await getCampaign(db, campaign)).toMatchObject({ state: 'scheduled', total: 1 })
    await cancelCampaign(db, never, new Date())
    await until(ended(campaign, 'sent'))
    const [delivery] = await db('deliveries').where({ campaign_id: campaign })
    expect(delivery.sent_at.getTime()).toBeGreaterThanOrEqual(soon.getTime())
    expect(await getCampaign(db, never)).toMatchObject({ state: 'cancelled', sent: 0 })
    expect(await countStates(db, never)).toEqual({})
  })

  test('kill -9 of the worker in the middle: everybody once or unconfirmed, at most one batch; resend by hand', async () => {
    const before = await lastMail()
    const worker = children.at(-1)
    const campaign = await campaignTo(db, { customers: customers.slice(10) })
    await until(async () => (await received(before)).length > 70)
    if (worker !== undefined) await kill(worker)
    await startWorker()
    await until(ended(campaign, 'sent'), 45_000)

    const { total, sent, unconfirmed } = await getCampaign(db, campaign)
    expect(total).toBe(390)
    expect(sent + unconfirmed).toBe(390)
    expect(unconfirmed).toBeLessThanOrEqual(BATCH)
    const mails = await received(before)
    expect(mails.filter(({ count }) => count > 1)).toEqual([])
    expect(mails.length).toBeGreaterThanOrEqual(sent)

    const [one] = await rows<{ id: number }>(
      db,
      "SELECT id FROM deliveries WHERE campaign_id = ? AND state = 'unconfirmed'",
      [campaign],
    )
    if (one === undefined) return
    await resendDelivery(db, one.id, new Date())
    await until(async () => (await getCampaign(db, campaign)).unconfirmed === unconfirmed - 1)
    await until(ended(campaign, 'sent'))
    expect((await received(before)).filter(({ count }) => count > 1)).toEqual([])
  })

  test('SIGTERM: the batch in hand is finished, nothing is left unconfirmed', async () => {
    const worker = children.at(-1)
    const campaign = await campaignTo(db, { customers: customers.slice(10) })
    await until(async () => (await getCampaign(db, campaign)).sent > 60)
    worker?.kill('SIGTERM')
    await until(async () => worker?.exitCode !== null)
    expect(worker?.exitCode).toBe(0)
    const states = await countStates(db, campaign)
    expect(states.sending).toBeUndefined()
    expect(states.unconfirmed).toBeUndefined()
    await startWorker()
    await until(ended(campaign, 'sent'))
    expect(await countStates(db, campaign)).toEqual({ delivered: 390 })
  })

  test('no personal data in the workflow’s history', async () => {
    const connection = await Connection.connect({ address: temporalAddress() })
    const client = new Client({ connection, namespace })
    const [campaign] = await rows<{ id: number }>(db, 'SELECT MAX(id) AS id FROM campaigns')
    const history = JSON.stringify(await client.workflow.getHandle(`campaign-${campaign?.id}`).fetchHistory())
    await connection.close()
    const payloads = [...history.matchAll(/"data":"([^"]*)"/g)].map(([, data = '']) =>
      Buffer.from(data, 'base64').toString(),
    )
    expect(history.length).toBeGreaterThan(1_000)
    expect(`${history} ${payloads.join(' ')}`).not.toMatch(/mail\.test|First\d|Hello/)
  })

  async function signal(campaign: number): Promise<void> {
    const connection = await Connection.connect({ address: temporalAddress() })
    const client = new Client({ connection, namespace })
    try {
      await client.workflow.getHandle(`campaign-${campaign}`).signal('resume')
    } catch (error) {
      // it may have seen by itself that something is due, and be through
      if (!(error instanceof WorkflowNotFoundError)) throw error
    }
    await connection.close()
  }
})
