import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { ImportFile } from '../../api/contract/imports.ts'
import { eventually, RunningSystem } from '../support/system.ts'
import { uploadFile } from '../support/uploadFile.ts'

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

/** A hundred thousand in the long run: by then both processes have died over it in the midst of their work. */
const IMPORTED = process.env.PERENNIAL_LONG === '1' ? 100_000 : 3_000

test(`kill -9 of everything in the middle of an import of ${IMPORTED}: complete, nothing twice`, async () => {
  const lines = Array.from(
    { length: IMPORTED },
    (_, n) => `i${n},i${n}@example.test,"Anna, the ${n}th",1990-01-01,yes,Import`,
  )
  const csv = `id,email,first_name,birthdate,newsletter,tags\n${lines.join('\n')}\n`
  const name = 'customers.csv'
  const { id } = await uploadFile((...asked) => system.call(...asked), { name, bytes: Buffer.from(csv) })
  const file = () => system.call<ImportFile>('GET', `/imports/${id}`)
  const began = performance.now()
  await system.call('POST', `/imports/${id}/start`)
  const before = await eventually(file, ({ done }) => done >= IMPORTED / 3)
  await system.killEverything()
  expect(before).toMatchObject({ state: 'running' })
  const killedAfter = performance.now() - began

  system = await RunningSystem.start({ data: system.data, env: { PERENNIAL_DEMO: '0' } })
  const again = performance.now()
  const taken = await eventually(file, ({ state }) => state !== 'running', 600_000)
  expect(taken).toMatchObject({
    state: 'done',
    total: IMPORTED,
    done: IMPORTED,
    made: IMPORTED,
    changed: 0,
    rejected: 0,
  })
  if (process.env.PERENNIAL_LONG === '1')
    console.log(`killed after ${Math.round(killedAfter)} ms, the rest took ${Math.round(performance.now() - again)} ms`)
  type Found = { items: { id: string; tags: string[] }[]; total: number }
  const found = await system.call<Found>('POST', '/customers/search', { tag: ['Import'] })
  expect(found.total).toBe(IMPORTED)
  const { items } = await system.call<Found>('POST', '/customers/search', { filter: { text: `i${IMPORTED - 1}` } })
  expect(items).toMatchObject([{ id: `i${IMPORTED - 1}`, tags: ['Import'] }])
}, 900_000)
