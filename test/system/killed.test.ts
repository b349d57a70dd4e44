import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { eventually, RunningSystem } from '../support/system.ts'

const CUSTOMERS = 2000
/** The most that one worker has in hand at a time. */
const BATCH = 50

type Campaign = { id: string; state: string; total: number; sent: number; unconfirmed: number }
type Page<Item> = { items: Item[]; next: string | null }

let system: RunningSystem
beforeAll(async () => {
  system = await RunningSystem.start({ env: { PERENNIAL_DEMO: '0' } })
}, 180_000)
afterAll(() => system.remove())

/** All pages of a list. */
async function all<Item>(path: string): Promise<Item[]> {
  const items: Item[] = []
  let cursor = ''
  while (true) {
    const page = await system.call<Page<Item>>('GET', `${path}limit=200${cursor}`)
    items.push(...page.items)
    if (page.next === null) return items
    cursor = `&cursor=${encodeURIComponent(page.next)}`
  }
}

test('kill -9 of everything in the middle of a campaign of 2,000: nobody gets it twice, nobody is forgotten', async () => {
  const ids = Array.from({ length: CUSTOMERS }, (_, index) => `c${index}`)
  await system.call('POST', '/ingest', {
    customers: ids.map((id) => ({ id, email: `${id}@example.test`, first_name: id, consents: { email: true } })),
  })
  const { id } = await system.call<Campaign>('POST', '/campaigns', {
    kind: 'one_off',
    channel: 'email',
    customers: ids,
    content: { subject: 'Still here', html: '<p>Each of you once.</p>' },
  })
  const campaign = () => system.call<Campaign>('GET', `/campaigns/${id}`)
  await eventually(campaign, ({ sent }) => sent >= CUSTOMERS / 4)
  await system.killEverything()

  system = await RunningSystem.start({ data: system.data, env: { PERENNIAL_DEMO: '0' } })
  const before = await campaign()
  expect(before.sent).toBeLessThan(CUSTOMERS)
  const { unconfirmed, total } = await eventually(campaign, ({ state }) => state === 'sent', 240_000)
  expect(total).toBe(CUSTOMERS)
  expect(unconfirmed).toBeLessThanOrEqual(BATCH)

  const mails = (await all<{ to: string }>('/inbox?')).map(({ to }) => to)
  expect(new Set(mails).size).toBe(mails.length)
  const shown = await all<{ customer: { id: string }; state: string }>(`/deliveries?campaign=${id}&state=unconfirmed&`)
  expect(shown.length).toBe(unconfirmed)
  const reached = new Set([
    ...mails.map((to) => to.replace(/^.*<|@.*$/g, '')),
    ...shown.map(({ customer }) => customer.id),
  ])
  expect(ids.filter((customer) => !reached.has(customer))).toEqual([])
}, 420_000)
