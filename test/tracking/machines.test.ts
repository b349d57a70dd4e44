import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type Database, rows } from '../../domain/database.ts'
import { deliverDue } from '../../domain/deliveries/deliverDue.ts'
import { type Moment, machineOf, type Visit } from '../../domain/tracking/machineOf.ts'
import { MACHINE_RULES } from '../../domain/tracking/machineRules.ts'
import { recordVisit } from '../../domain/tracking/recordVisit.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { attempt, frozenCampaign, insertCustomers, recordingChannel, SENT } from '../support/sending.ts'

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
const PERSON: Visit = { type: 'opened', method: 'GET', agent: CHROME, address: '203.0.113.9' }
const QUIET: Moment = { beforeAnswer: false, linksWithin: () => 0 }
const ruleOf = (visit: Partial<Visit>, moment = QUIET) => machineOf({ ...PERSON, ...visit }, moment)?.id ?? null

describe('each rule by itself', () => {
  test.each([
    ['head', { method: 'HEAD' }],
    ['apple_proxy', { agent: 'Mozilla/5.0' }],
    ['apple_network', { address: '17.58.101.4' }],
    ['apple_network', { address: '::ffff:17.58.101.4' }],
    ['apple_network', { address: '2620:149:a::1' }],
    ['no_agent', { agent: '' }],
    ['no_agent', { agent: '   ' }],
    ['scanner', { agent: 'Barracuda Sentinel (EE)' }],
    ['scanner', { agent: 'Mozilla/5.0 (compatible; Proofpoint URL Defense)' }],
    ['preview', { agent: 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)' }],
    ['preview', { agent: 'WhatsApp/2.24.1 A' }],
    ['bot', { agent: 'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)' }],
    ['program', { agent: 'curl/8.5.0' }],
    ['program', { agent: 'Python-urllib/3.12' }],
    ['headless', { agent: `${CHROME.replace('Chrome', 'HeadlessChrome')}` }],
  ])('%s: %j', (id, visit) => {
    expect(ruleOf({ type: 'clicked', ...(id.startsWith('apple') ? { type: 'opened' as const } : {}), ...visit })).toBe(
      id,
    )
  })

  test('before the mail server has answered', () => {
    expect(ruleOf({}, { ...QUIET, beforeAnswer: true })).toBe('before_answer')
  })

  test('many links in few seconds', () => {
    const within = (links: number, seconds: number) => ({
      ...QUIET,
      linksWithin: (asked: number) => (asked >= seconds ? links : 1),
    })
    expect(ruleOf({ type: 'clicked' }, within(3, 10))).toBe('every_link')
    expect(ruleOf({ type: 'clicked' }, within(2, 1))).toBe('both_links')
    expect(ruleOf({ type: 'clicked' }, within(2, 2))).toBeNull()
  })

  test.each([
    ['a browser', {}],
    ['a click from Apple’s network', { type: 'clicked', address: '17.58.101.4' }],
    ['a browser that says little', { type: 'clicked', agent: 'Mozilla/5.0' }],
    [
      'Gmail, which fetches when its reader looks',
      { agent: 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)' },
    ],
    ['Yahoo, likewise', { agent: 'YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html' }],
    [
      'Apple Mail without privacy protection',
      { agent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)' },
    ],
    [
      'a telephone',
      {
        type: 'clicked',
        agent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148',
      },
    ],
    ['somebody called Abbott', { agent: `${CHROME} Abbott` }],
    ['an address that is none', { address: 'nonsense' }],
    ['an agent of a megabyte', { agent: `${CHROME}${' x'.repeat(500_000)} curl` }],
  ] as [string, Partial<Visit>][])('a person: %s', (_, visit) => {
    expect(ruleOf(visit)).toBeNull()
  })

  test('every rule has a name of its own that fits', () => {
    const ids = MACHINE_RULES.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toMatch(/^[a-z_]{1,32}$/)
  })
})

describe('what is noted', () => {
  let database: TestDatabase
  let db: Database
  let delivery: number
  let now = new Date('2026-11-20T10:00:00Z')

  beforeAll(async () => {
    database = await createTestDatabase()
    db = database.db
    await insertCustomers(db, 1)
  })
  afterAll(() => database.drop())
  beforeEach(async () => {
    now = new Date(now.getTime() + 3_600_000)
    const campaign = await frozenCampaign(db, { customers: ['c0'] }, now)
    await deliverDue(
      db,
      campaign,
      attempt(recordingChannel().channel, () => now),
    )
    const [row] = await rows<{ id: number }>(db, 'SELECT id FROM deliveries WHERE campaign_id = ?', [campaign])
    delivery = row?.id ?? 0
  })

  const later = (ms: number) => {
    now = new Date(now.getTime() + ms)
    return now
  }
  const open = (visit: Partial<Visit> = {}, at = now) => recordVisit(db, delivery, { ...PERSON, ...visit }, at)
  const click = (link: string, visit: Partial<Visit> = {}, at = now) =>
    recordVisit(db, delivery, { ...PERSON, type: 'clicked', ...visit, url: `https://studio.test/${link}` }, at)
  const row = async () =>
    (
      await rows<{ state: string; opened_at: Date | null; clicked_at: Date | null }>(
        db,
        'SELECT state, opened_at, clicked_at, machine_opened_at, machine_clicked_at FROM deliveries WHERE id = ?',
        [delivery],
      )
    )[0]
  const events = async () =>
    (
      await rows<{ type: string; machine: string | null }>(
        db,
        "SELECT type, machine FROM delivery_events WHERE delivery_id = ? AND type <> 'sent' ORDER BY id",
        [delivery],
      )
    ).map(({ type, machine }) => `${type} ${machine}`)

  test('Apple’s proxy: the mail has arrived, nobody has opened it; a person later has', async () => {
    const first = now
    await open({ agent: 'Mozilla/5.0' })
    expect(await row()).toMatchObject({ state: 'delivered', opened_at: null, machine_opened_at: first })
    await open({}, later(60_000))
    expect(await row()).toMatchObject({ opened_at: now, machine_opened_at: first })
    expect(await events()).toEqual(['opened apple_proxy', 'opened null'])
  })

  test('a scanner proves no arrival', async () => {
    await click('a', { agent: 'Barracuda Sentinel (EE)' })
    expect(await row()).toMatchObject({ state: 'sent', clicked_at: null, machine_clicked_at: now })
  })

  test('a scanner that calls itself a browser is told by its haste, also for what it did first; a person clicks later', async () => {
    await open()
    await click('a', {}, later(300))
    expect(await row()).toMatchObject({ opened_at: expect.any(Date), clicked_at: now })
    await click('b', {}, later(2_000))
    expect((await row())?.clicked_at).not.toBeNull()
    await click('c', {}, later(300))
    expect(await row()).toMatchObject({
      opened_at: null,
      clicked_at: null,
      machine_clicked_at: expect.any(Date),
      machine_opened_at: expect.any(Date),
    })
    await open({}, later(200))
    expect((await row())?.opened_at).toBeNull()
    expect(await events()).toEqual([
      'opened every_link',
      'clicked every_link',
      'clicked every_link',
      'clicked every_link',
      'opened every_link',
    ])
    await click('b', {}, later(3_600_000))
    expect(await row()).toMatchObject({ clicked_at: now })
    expect((await events()).at(-1)).toBe('clicked null')
  })

  test('a person’s earlier click stays when a machine comes by', async () => {
    await click('a')
    const first = now
    for (const link of ['a', 'b', 'c', 'd']) await click(link, {}, later(60_000 * (link === 'a' ? 1 : 0) + 100))
    expect(await row()).toMatchObject({ clicked_at: first })
    expect((await events()).filter((event) => event === 'clicked null')).toHaveLength(1)
  })

  test('clicks of a burst that arrive all at once count once and right', async () => {
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map((link) => click(link)))
    expect(await row()).toMatchObject({ clicked_at: null, machine_clicked_at: now })
    expect(await events()).toEqual(Array(5).fill(expect.stringMatching(/^clicked (every_link|both_links)$/)))
  })

  test('the same link again and again is no burst', async () => {
    for (let round = 0; round < 5; round++) await click('a', {}, later(500))
    expect((await row())?.clicked_at).not.toBeNull()
  })

  test('opened while the mail server still reads it: a scanner did', async () => {
    const campaign = await frozenCampaign(db, { customers: ['c0'] }, now)
    const { channel } = recordingChannel(async () => {
      const [one] = await rows<{ id: number }>(db, 'SELECT id FROM deliveries WHERE campaign_id = ?', [campaign])
      delivery = one?.id ?? 0
      await open()
      return SENT
    })
    await deliverDue(
      db,
      campaign,
      attempt(channel, () => now),
    )
    expect(await row()).toMatchObject({ state: 'sent', opened_at: null })
    expect(await events()).toEqual(['opened before_answer'])
    await open({}, later(1_000))
    expect(await row()).toMatchObject({ state: 'delivered', opened_at: now })
  })

  test('an open after a bounce undoes nothing', async () => {
    await db('deliveries').where({ id: delivery }).update({ state: 'bounced', reason: '550' })
    await open()
    expect(await row()).toMatchObject({ state: 'bounced', opened_at: now })
  })

  test('ten thousand looks of a machine leave room for a person', async () => {
    for (let round = 0; round < 130; round++) await open({ agent: 'curl/8' }, later(1))
    expect(await events()).toHaveLength(99)
    await click('a', {}, later(60_000))
    expect((await events()).at(-1)).toBe('clicked null')
    expect(await row()).toMatchObject({ clicked_at: now, opened_at: null })
  })
})
