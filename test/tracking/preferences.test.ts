import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type Criteria, resolveCriteria } from '../../domain/campaigns/criteria.ts'
import { preflight } from '../../domain/campaigns/preflight.ts'
import { type Database, rows } from '../../domain/database.ts'
import { claimBatch } from '../../domain/deliveries/claimBatch.ts'
import { deliverDue } from '../../domain/deliveries/deliverDue.ts'
import type { MailKind } from '../../domain/suppressions/kinds.ts'
import { suppress } from '../../domain/suppressions/suppress.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { attempt, frozenCampaign, insertCustomers, recordingChannel } from '../support/sending.ts'

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

describe('the page on which customers choose what they get', () => {
  let database: TestDatabase
  let db: Database
  let api: TestApi
  let provider: number
  let customer: number
  /** The page that the mail of the provider leads to. */
  let page: string
  let delivery: number

  beforeAll(async () => {
    database = await createTestDatabase()
    db = database.db
    await insertCustomers(db, 2)
    const at = new Date()
    const [id = 0] = await db('providers').insert({
      external_id: 'anna',
      known: true,
      name: 'Anna <b>',
      created_at: at,
      updated_at: at,
    })
    provider = id
    api = await startApi(db)
    const campaign = await frozenCampaign(db, { customers: ['c0'], provider: 'anna' })
    const { channel, taken } = recordingChannel()
    await deliverDue(db, campaign, { ...attempt(channel), publicUrl: api.url })
    page = /<(.*)>/.exec(taken[0]?.headers['List-Unsubscribe'] ?? '')?.[1] ?? ''
    const [row] = await rows<{ id: number; customer_id: number }>(
      db,
      'SELECT id, customer_id FROM deliveries WHERE campaign_id = ?',
      [campaign],
    )
    delivery = row?.id ?? 0
    customer = row?.customer_id ?? 0
  })
  afterAll(async () => {
    await api.close()
    await database.drop()
  })
  beforeEach(async () => {
    await db('suppressions').delete()
    await db('delivery_events').delete()
  })

  const post = async (fields: [string, string][]) =>
    (await fetch(page, { method: 'POST', headers: FORM, body: new URLSearchParams(fields).toString() })).text()
  const suppressions = async () =>
    (
      await rows<{ provider_id: number; channel: string; kind: string; reason: string }>(
        db,
        'SELECT provider_id, channel, kind, reason FROM suppressions ORDER BY provider_id, channel, kind',
      )
    ).map(
      ({ provider_id, channel, kind, reason }) =>
        `${provider_id === provider ? 'anna' : provider_id} ${channel} ${kind} ${reason}`,
    )
  const events = async () =>
    (await rows<{ type: string }>(db, 'SELECT type FROM delivery_events ORDER BY id')).map(({ type }) => type)
  const offered = (): [string, string][] => [
    ['action', 'save'],
    ['offered', '0.email'],
    ['offered', `${provider}.email`],
  ]
  const wanting = (...kinds: string[]) => post([...offered(), ...kinds.map((kind): [string, string] => ['want', kind])])
  const all = (from: number) => ['one_off', 'loyalty', 'automation'].map((kind) => `${from}.email.${kind}`)

  /** A campaign of a kind that is ready to deliver, to customers who would be in the segment it really goes to. */
  async function frozenOf(kind: MailKind, criteria: Criteria): Promise<number> {
    const campaign = await frozenCampaign(db, { ...criteria, kind: 'one_off' })
    await db('campaigns').where({ id: campaign }).update({ kind })
    return campaign
  }

  /** Whom a campaign of a kind would reach, as preflight counts and as the claim decides. */
  async function reached(kind: MailKind, from?: string): Promise<number[]> {
    const criteria = { customers: ['c0'], kind, ...(from === undefined ? {} : { provider: from }) }
    const { recipients } = await preflight(db, await resolveCriteria(db, criteria))
    const held = await rows<{ kind: string }>(db, 'SELECT * FROM suppressions')
    await db('suppressions').delete()
    const campaign = await frozenOf(kind, criteria)
    if (held.length > 0) await db('suppressions').insert(held)
    const may = {
      channel: 'email',
      providerId: from === undefined ? 0 : provider,
      kind,
      mailUnknownConsent: false,
    } as const
    const batch = await claimBatch(db, campaign, may, new Date())
    return [recipients, batch?.claimed.length ?? 0]
  }

  test('shows who writes, with names written as text, and what is wanted', async () => {
    const html = await (await fetch(page)).text()
    expect(html).toContain('From Anna &lt;b&gt;')
    expect(html).not.toContain('Anna <b>')
    expect(html.match(/type="checkbox"[^>]* checked/g)).toHaveLength(6)
    expect(html).not.toContain('<script')
  })

  test('one kind of one sender: preflight and the claim leave out that kind, and no other', async () => {
    const html = await wanting(...all(0), `${provider}.email.one_off`, `${provider}.email.automation`)
    expect(html).toContain('Your choice is saved')
    expect(await suppressions()).toEqual(['anna email loyalty unsubscribed'])
    expect(await events()).toEqual(['unsubscribed'])
    expect(await reached('loyalty', 'anna')).toEqual([0, 0])
    expect(await reached('one_off', 'anna')).toEqual([1, 1])
    expect(await reached('loyalty')).toEqual([1, 1])
  })

  test('one kind of everybody’s', async () => {
    await wanting('0.email.loyalty', '0.email.automation', ...all(provider))
    expect(await suppressions()).toEqual(['0 email one_off unsubscribed'])
    expect(await reached('one_off', 'anna')).toEqual([0, 0])
    expect(await reached('one_off')).toEqual([0, 0])
    expect(await reached('loyalty', 'anna')).toEqual([1, 1])
  })

  test('no kind at all is all of them; some again is the others; all again is as it was', async () => {
    await wanting(...all(0))
    expect(await suppressions()).toEqual(['anna email all unsubscribed'])
    expect(await reached('automation', 'anna')).toEqual([0, 0])
    await wanting(...all(0), `${provider}.email.one_off`)
    expect(await suppressions()).toEqual(['anna email automation unsubscribed', 'anna email loyalty unsubscribed'])
    await wanting(...all(0), ...all(provider))
    expect(await suppressions()).toEqual([])
    const wishes = async () => (await events()).filter((type) => type.endsWith('subscribed'))
    expect(await wishes()).toEqual(['unsubscribed', 'resubscribed', 'resubscribed'])
    await wanting(...all(0), ...all(provider))
    expect(await wishes()).toHaveLength(3)
  })

  test('nothing any more, from nobody: through every channel; and written to again', async () => {
    expect(await post([['action', 'nothing']])).toContain('You are unsubscribed')
    expect(await suppressions()).toEqual([
      '0 email all unsubscribed',
      '0 push all unsubscribed',
      '0 sms all unsubscribed',
    ])
    expect(await reached('one_off', 'anna')).toEqual([0, 0])
    expect(await (await fetch(page)).text()).toContain('write to me again')
    await post([['action', 'undo']])
    expect(await suppressions()).toEqual(['0 push all unsubscribed', '0 sms all unsubscribed'])
    expect(await reached('one_off', 'anna')).toEqual([1, 1])
  })

  test('the one click takes off everything of who wrote; again, and twenty at once, are one', async () => {
    await Promise.all(Array.from({ length: 20 }, () => post([['List-Unsubscribe', 'One-Click']])))
    expect(await suppressions()).toEqual(['anna email all unsubscribed'])
    expect(await events()).toEqual(['unsubscribed'])
    await Promise.all(Array.from({ length: 10 }, () => post([['action', 'undo']])))
    expect(await suppressions()).toEqual([])
    expect(await events()).toEqual(['unsubscribed', 'resubscribed'])
  })

  test('what somebody of the business decided, a complaint, a bounce: no link changes it', async () => {
    const key = { customerId: customer, channel: 'email' } as const
    await suppress(db, { ...key, providerId: 0 }, { reason: 'complained', source: 'x' }, new Date())
    await suppress(db, { ...key, providerId: provider }, { reason: 'by_hand', source: 'x' }, new Date())
    const html = await (await fetch(page)).text()
    expect(html.match(/type="checkbox"[^>]* disabled/g)).toHaveLength(6)
    expect(html).toContain('can tell you why')
    const before = await suppressions()
    await wanting(...all(0), ...all(provider))
    await post([['action', 'undo']])
    await post([['List-Unsubscribe', 'One-Click']])
    expect(await suppressions()).toEqual(before)
    expect(await events()).toEqual([])
  })

  test('a form that says more than it was offered changes nothing of it', async () => {
    const [other] = await db('providers').insert({
      external_id: 'bert',
      known: true,
      name: 'Bert',
      created_at: new Date(),
      updated_at: new Date(),
    })
    await post([
      ['action', 'save'],
      ['offered', `${other}.email`],
      ['offered', '0.fax'],
      ['offered', '__proto__'],
      ['want', 'x'.repeat(20_000)],
    ])
    await post([['action', 'save']])
    await post([
      ['action', 'save'],
      ...Array.from({ length: 400 }, (_, index): [string, string] => ['offered', `${index + 1_000}.email`]),
    ])
    expect(await suppressions()).toEqual([])
  })

  test('unsubscribing in the middle of a campaign: nothing is claimed after it', async () => {
    const campaign = await frozenOf('loyalty', { customers: ['c0', 'c1'], provider: 'anna' })
    await wanting(...all(0), `${provider}.email.one_off`, `${provider}.email.automation`)
    const { channel, taken } = recordingChannel()
    await deliverDue(db, campaign, attempt(channel))
    expect(taken.map(({ to }) => to)).toEqual(['c1@mail.test'])
    expect(
      await rows(db, "SELECT reason FROM deliveries WHERE campaign_id = ? AND state = 'cancelled'", [campaign]),
    ).toEqual([{ reason: 'unsubscribed' }])
    expect(delivery).toBeGreaterThan(0)
  })

  test('the API takes a kind, too, and lists it', async () => {
    const put = await api.call('put', '/suppressions/c0?provider=anna&kind=loyalty', { reason: 'unsubscribed' })
    expect(put).toMatchObject({ status: 200, body: { provider: 'anna', channel: 'email', kind: 'loyalty' } })
    await api.call('put', '/suppressions/c0?provider=anna')
    const first = await api.call<{ items: { kind: string }[]; next: string }>('get', '/suppressions?limit=1')
    const second = await api.call<{ items: { kind: string }[] }>(
      'get',
      `/suppressions?limit=1&cursor=${first.body.next}`,
    )
    expect([...first.body.items, ...second.body.items].map(({ kind }) => kind)).toEqual(['all', 'loyalty'])
    expect((await api.call('put', '/suppressions/c0?kind=everything')).status).toBe(400)
    expect((await api.call('delete', '/suppressions/c0?provider=anna&kind=loyalty')).status).toBe(204)
    expect(await suppressions()).toEqual(['anna email all by_hand'])
  })
})
