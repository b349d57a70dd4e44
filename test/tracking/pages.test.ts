import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { getCampaign } from '../../domain/campaigns/readCampaigns.ts'
import { type Database, rows } from '../../domain/database.ts'
import { claimBatch } from '../../domain/deliveries/claimBatch.ts'
import { deliverDue } from '../../domain/deliveries/deliverDue.ts'
import { secret } from '../../domain/settings/secret.ts'
import { writeToken } from '../../domain/tracking/token.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { attempt, frozenCampaign, insertCustomers, recordingChannel, SENT } from '../support/sending.ts'

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

describe('what customers reach from their mails', () => {
  let database: TestDatabase
  let db: Database
  let api: TestApi
  let campaign: number
  /** The addresses in the mail to `c0`, on the API under test. */
  let pixel: string
  let link: string
  let page: string

  beforeAll(async () => {
    database = await createTestDatabase()
    db = database.db
    await insertCustomers(db, 3)
    await db('customers').where({ external_id: 'c0' }).update({ language: 'de-CH' })
    api = await startApi(db)
    campaign = await frozenCampaign(db, { customers: ['c0'] })
    const { channel, taken } = recordingChannel(() => SENT)
    await deliverDue(db, campaign, { ...attempt(channel), publicUrl: api.url })
    const [mail] = taken
    const find = (pattern: RegExp) => pattern.exec(mail?.html ?? '')?.[1] ?? ''
    pixel = find(/<img src="([^"]+\/t\/o\/[^"]+)"/)
    link = find(/<a href="([^"]+\/t\/c\/[^"]+)"/)
    page = /<(.*)>/.exec(mail?.headers['List-Unsubscribe'] ?? '')?.[1] ?? ''
  })
  afterAll(async () => {
    await api.close()
    await database.drop()
  })

  const state = async () =>
    (
      await rows<{ state: string; opened_at: Date | null; clicked_at: Date | null }>(
        db,
        'SELECT * FROM deliveries WHERE campaign_id = ?',
        [campaign],
      )
    )[0]
  const suppressions = () => rows<{ reason: string }>(db, 'SELECT reason FROM suppressions')
  const get = (url: string, init: RequestInit = {}) => fetch(url, { redirect: 'manual', ...init })

  test('HEAD is a machine’s look: it opens nothing', async () => {
    expect((await get(pixel, { method: 'HEAD' })).status).toBe(200)
    expect((await get(link, { method: 'HEAD' })).status).toBe(302)
    expect((await get(page, { method: 'HEAD' })).status).toBe(200)
    expect(await state()).toMatchObject({ state: 'sent', opened_at: null, clicked_at: null, delivered_at: null })
    expect(await rows(db, "SELECT type, machine FROM delivery_events WHERE type <> 'sent' ORDER BY id")).toEqual([
      { type: 'opened', machine: 'head' },
      { type: 'clicked', machine: 'head' },
    ])
  })

  test('the pixel: a picture for no cache; the mail was opened, so it was delivered', async () => {
    const response = await get(pixel)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('image/gif')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(
      Buffer.from(await response.arrayBuffer())
        .subarray(0, 6)
        .toString(),
    ).toBe('GIF89a')
    expect(await state()).toMatchObject({ state: 'delivered', opened_at: expect.any(Date) })
    expect(await getCampaign(db, campaign)).toMatchObject({ opened: 1, clicked: 0, delivered: 1 })
  })

  test('the link: to the address that was signed, and nowhere else', async () => {
    const response = await get(link)
    expect(response.status).toBe(302)
    expect(response.headers.get('location')).toBe('https://studio.test/plan?week=1&day=2')
    expect(await state()).toMatchObject({ clicked_at: expect.any(Date) })
    // whoever changes the table changes nothing about where signed links lead
    await db('campaign_links').update({ url: 'https://evil.test/' })
    expect((await get(link)).status).toBe(404)
    await db('campaign_links').update({ url: 'https://studio.test/plan?week=1&day=2' })
    expect((await get(`${link}?url=https://evil.test/`)).headers.get('location')).toBe(
      'https://studio.test/plan?week=1&day=2',
    )
  })

  test('looking at the unsubscribe page, however often, changes nothing', async () => {
    for (let look = 0; look < 3; look++) {
      const response = await get(page)
      expect(response.status).toBe(200)
      const html = await response.text()
      expect(html).toContain('<html lang="de">')
      expect(html).toContain('Möchten Sie keine E-Mails')
      expect(response.headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'/,
      )
      expect(html).not.toContain('<script')
    }
    expect(await suppressions()).toEqual([])
  })

  test('the button unsubscribes, and can be taken back', async () => {
    const done = await get(page, { method: 'POST', headers: FORM, body: 'action=unsubscribe' })
    expect(await done.text()).toContain('Sie sind abgemeldet')
    expect(await suppressions()).toEqual([{ reason: 'unsubscribed' }])
    expect(await (await get(page)).text()).toContain('Sie sind abgemeldet')
    const undone = await get(page, { method: 'POST', headers: FORM, body: 'action=undo' })
    expect(await undone.text()).toContain('Sie bekommen wieder E-Mails')
    expect(await suppressions()).toEqual([])
  })

  test.each([
    ['a form', { headers: FORM, body: 'List-Unsubscribe=One-Click' }],
    [
      'multipart',
      {
        headers: { 'content-type': 'multipart/form-data; boundary=x' },
        body: '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
      },
    ],
    ['nothing at all', {}],
    ['a body of no kind', { headers: { 'content-type': 'application/json' }, body: '{' }],
    ['a body that is too large', { headers: FORM, body: 'x'.repeat(100_000) }],
  ])('one click (RFC 8058) with %s: the claim leaves the customer out from then on', async (_, init) => {
    const response = await get(page, { method: 'POST', ...init })
    expect(response.status).toBe(200)
    expect(await suppressions()).toEqual([{ reason: 'unsubscribed' }])
    const next = await frozenCampaign(db, { customers: ['c0', 'c1'] })
    const batch = await claimBatch(
      db,
      next,
      { channel: 'email', providerId: 0, kind: 'one_off', mailUnknownConsent: false },
      new Date(),
    )
    expect(batch?.claimed.map(({ address }) => address)).toEqual(['c1@mail.test'])
    await db('suppressions').delete()
  })

  test('tokens of another kind, of another key, of nobody: 404, nothing happens', async () => {
    const key = await secret(db, 'tracking')
    const [row] = await rows<{ id: number }>(db, 'SELECT id FROM deliveries WHERE campaign_id = ?', [campaign])
    const id = row?.id ?? 0
    const open = writeToken(key, { kind: 'open', delivery: id })
    const gone = writeToken(key, { kind: 'unsubscribe', delivery: 999_999 })
    const forged = writeToken(Buffer.alloc(32), { kind: 'unsubscribe', delivery: id })
    for (const token of [open, gone, forged, 'x', '%00', 'constructor', 'x'.repeat(5_000)]) {
      expect((await get(`${api.url}/u/${token}`)).status).toBe(404)
      expect(
        (await get(`${api.url}/u/${token}`, { method: 'POST', headers: FORM, body: 'List-Unsubscribe=One-Click' }))
          .status,
      ).toBe(404)
      expect((await get(`${api.url}/t/c/${token}`)).status).toBe(404)
      if (token !== open) expect((await get(`${api.url}/t/o/${token}`)).status).toBe(404)
    }
    expect(await suppressions()).toEqual([])
  })

  test('a mail that a machine fetches ten thousand times keeps a short history', async () => {
    for (let round = 0; round < 25; round++) await Promise.all(Array.from({ length: 10 }, () => get(pixel)))
    const [count] = await rows<{ count: number }>(db, 'SELECT COUNT(*) AS count FROM delivery_events')
    expect(count?.count).toBeLessThanOrEqual(220)
  })
})
