/**
 * What the history costs: the list over everything with and without filters, its counts, and the report of a campaign,
 * with so many deliveries.
 *
 *   node bench/history.ts --deliveries 1000000
 */
import { cpus, totalmem } from 'node:os'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { type Database, openDatabase, rows } from '../domain/database.ts'
import { facetsOf } from '../domain/deliveries/facets.ts'
import type { DeliveryFilter } from '../domain/deliveries/filter.ts'
import { countDeliveries, listDeliveries } from '../domain/deliveries/listDeliveries.ts'
import { readReport } from '../domain/reports/readReport.ts'
import { tagCustomers } from '../domain/tags/tagCustomers.ts'
import { migrate } from '../migrations/run.ts'

const { values } = parseArgs({ options: { deliveries: { type: 'string', default: '1000000' } } })
const COUNT = Number(values.deliveries)
/** One campaign has half of them, fifty others share the rest. */
const OTHERS = 50
const NOW = new Date('2026-06-30T12:00:00Z')

const server = process.env.PERENNIAL_TEST_DATABASE_SERVER ?? process.env.DATABASE_URL
if (server === undefined) throw new Error('PERENNIAL_TEST_DATABASE_SERVER has to name a database server')
const name = `bench_history_${process.pid}`
const administration = openDatabase(server.replace(/\/$/, ''), 1)
await administration.raw(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`)
const db = openDatabase(`${server.replace(/\/$/, '')}/${name}`)
try {
  await migrate(db)
  await fill(db)
  await measure(db)
} finally {
  await db.destroy()
  await administration.raw(`DROP DATABASE ${name}`)
  await administration.destroy()
}

async function fill(db: Database): Promise<void> {
  const half = COUNT / 2
  const at = new Date('2026-01-01T00:00:00Z')
  await db.raw('CREATE TABLE numbers (n INT UNSIGNED NOT NULL PRIMARY KEY)')
  await db.raw('INSERT INTO numbers VALUES (0)')
  for (let size = 1; size < half; size *= 2) {
    await db.raw('INSERT INTO numbers SELECT n + ? FROM numbers WHERE n + ? < ?', [size, size, half])
  }
  await db.raw(
    `INSERT INTO customers (id, external_id, known, first_name, last_name, email, created_at, updated_at)
     SELECT n + 1, CONCAT('c', n), 1, CONCAT('First', n % 997), CONCAT('Last', n % 9973), CONCAT('c', n, '@d', n % 300, '.test'), ?, ?
     FROM numbers`,
    [at, at],
  )
  for (let campaign = 1; campaign <= OTHERS + 1; campaign++) {
    const made = new Date(at.getTime() + campaign * 3 * 86_400_000)
    await db('campaigns').insert({
      ...{
        id: campaign,
        name: `Campaign ${campaign}`,
        kind: 'one_off',
        channel: 'email',
        state: 'sent',
        subject: 'Hello',
      },
      ...{ html: '', text: '', criteria: '{}', document: '{}', created_at: made, started_at: made, finished_at: made },
    })
    const share = campaign === OTHERS + 1 ? 1 : 1 / OTHERS
    await db.raw(
      `INSERT INTO deliveries (campaign_id, customer_id, channel, address, state, reason, bounce_class, due_at, queued_at,
         sent_at, delivered_at, bounced_at, opened_at, clicked_at)
       SELECT ?, n + 1, 'email', CONCAT('c', n, '@d', n % 300, '.test'),
         CASE WHEN n % 100 < 95 THEN 'delivered' WHEN n % 100 < 98 THEN 'sent' WHEN n % 1000 = 999 THEN 'unconfirmed' ELSE 'bounced' END,
         IF(n % 100 >= 98, CONCAT('550 5.1.1 no <c', n, '@d.test>'), NULL), IF(n % 100 >= 98, 'bad_address', NULL), ?, ?,
         ? + INTERVAL (n % 3600) SECOND, ? + INTERVAL (n % 3600) SECOND, NULL,
         IF(n % 10 < 4, ? + INTERVAL (n % 200000) SECOND, NULL), IF(n % 20 = 0, ? + INTERVAL (n % 250000) SECOND, NULL)
       FROM numbers WHERE n < ?`,
      [campaign, made, made, made, made, made, made, half * share],
    )
  }
  await db.raw(
    `INSERT INTO delivery_events (delivery_id, type, at, detail)
     SELECT id, 'sent', sent_at, '{"answer":"250 ok"}' FROM deliveries`,
  )
  await db.raw(
    `INSERT INTO delivery_events (delivery_id, type, at, detail)
     SELECT id, 'clicked', clicked_at, '{"url":"https://studio.test/plan"}' FROM deliveries WHERE clicked_at IS NOT NULL`,
  )
  await db.raw('ANALYZE TABLE deliveries, delivery_events, customers')
}

async function measure(db: Database): Promise<void> {
  const [{ version } = { version: '' }] = await rows<{ version: string }>(db, 'SELECT VERSION() AS version')
  const [{ pool } = { pool: 0 }] = await rows<{ pool: number }>(db, 'SELECT @@innodb_buffer_pool_size AS pool')
  const [cpu] = cpus()
  console.log(
    `${cpus().length} × ${cpu?.model ?? ''}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}; ${version}, buffer pool ${pool / 2 ** 20} MB`,
  )
  console.log(`\n${COUNT.toLocaleString('en')} deliveries, ${(COUNT / 2).toLocaleString('en')} customers`)
  const page = { limit: 51, after: null }
  const filters: [string, DeliveryFilter][] = [
    ['everything', {}],
    ['clicked in the largest campaign', { campaign: [String(OTHERS + 1)], reaction: ['clicked'] }],
    ['bounced, over everything', { state: ['bounced'] }],
    ['failed, over everything: none', { state: ['failed'] }],
    ['of an early campaign', { campaign: ['2'] }],
    ['of one month', { from: '2026-03-01', to: '2026-03-31' }],
    ['a customer by name, few', { text: 'Last77 First' }],
    ['a customer by name, many', { text: 'First1' }],
    ['not opened in the largest campaign, at one domain', { campaign: [String(OTHERS + 1)], domain: 'd7.test' }],
  ]
  for (const [what, filter] of filters) {
    await line(`list: ${what}`, () => listDeliveries(db, filter, page, ''))
    await line('  its total (to 10,000)', () => countDeliveries(db, filter, ''))
    await line('  all numbers beside its filters', () => facetsOf(db, filter, ''))
  }
  const deep = { queuedAt: new Date('2026-02-01T00:00:00Z'), id: 1 }
  await line('list: a page far down', () => listDeliveries(db, {}, { limit: 51, after: deep }, ''))
  await line(`report of a campaign with ${(COUNT / 2).toLocaleString('en')} messages`, () =>
    readReport(db, OTHERS + 1, { goal: 'attended', days: 14 }, NOW),
  )
  const clicked = { deliveries: { campaign: [String(OTHERS + 1)], reaction: ['clicked'] as const } }
  await line('tagging all who clicked in it', (run) =>
    tagCustomers(db, clicked, { add: [`clicked ${run}`], remove: [] }, { by: null }, NOW),
  )
}

/** The middle of three, after the first one, which warms up. */
async function line(what: string, act: (run: number) => Promise<unknown>): Promise<void> {
  const times: number[] = []
  for (let run = 0; run < 3; run++) {
    const began = performance.now()
    await act(run)
    times.push(performance.now() - began)
  }
  const middle = times.sort((a, b) => a - b)[1] ?? 0
  console.log(`  ${what.padEnd(66)} ${`${Math.round(middle)} ms`.padStart(9)}`)
}
