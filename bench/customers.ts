/**
 * What the list of customers costs: a page of it with the number of all, for every filter and every order, at the beginning
 * and in the middle; the choices of each filter; the whole of it as a file; and acts on everybody.
 *
 *   node bench/customers.ts --server mysql://root@127.0.0.1:3306 --customers 100000
 *
 * A database of its own, filled by SQL from a fixed seed, and dropped at the end (kept with --keep). Each figure is of so
 * many calls (--rounds) of the same question by one reader.
 */
import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { customerFacet, customerSort } from '../api/contract/customerList.ts'
import { exportCustomers } from '../domain/customers/exportCustomers.ts'
import { ALL_COLUMNS } from '../domain/customers/exportWords.ts'
import { facetOf } from '../domain/customers/facets.ts'
import { type CustomerSearch, listCustomers } from '../domain/customers/listCustomers.ts'
import { type Database, execute, openDatabase, rows } from '../domain/database.ts'
import { installStandardSegments } from '../domain/segments/installStandardSegments.ts'
import { momentAt } from '../domain/segments/moment.ts'
import { rebuildRollupOfRange } from '../domain/segments/rebuildRollup.ts'
import { setByHand } from '../domain/statuses/setByHand.ts'
import { undoSetting } from '../domain/statuses/undoSetting.ts'
import { tagCustomers } from '../domain/tags/tagCustomers.ts'
import { undoTagging } from '../domain/tags/undoTagging.ts'
import { migrate } from '../migrations/run.ts'
import { costOf } from './segments/cost.ts'
import { generate } from './segments/data.ts'

const NOW = new Date('2026-11-25T12:00:00.000Z')
const CHUNK = 20_000

const { values: options } = parseArgs({
  options: {
    server: { type: 'string', default: 'mysql://root@127.0.0.1:3306' },
    customers: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '20' },
    keep: { type: 'boolean', default: false },
    kept: { type: 'boolean', default: false },
    lists: { type: 'boolean', default: false },
  },
})
const customers = Number(options.customers)
const rounds = Number(options.rounds)
/** The `next` of a part somewhere among everybody, whatever the order. */
const MIDDLE = Math.floor(customers / 2).toString(36)
const administration = openDatabase(`${options.server}/`, 1)
if (!options.kept) {
  await administration.raw('DROP DATABASE IF EXISTS bench_customers')
  await administration.raw('CREATE DATABASE bench_customers CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci')
}
const db = openDatabase(`${options.server}/bench_customers`, 4)
const [version] = await rows<{ version: string }>(db, 'SELECT VERSION() AS version')
console.log(`${cpus().length} × ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GB; ${version?.version}`)
console.log(
  `${customers.toLocaleString('en')} customers, ${rounds} calls each; milliseconds: median, 95th of 100, processor time (mean)`,
)
try {
  if (!options.kept) await fill(db)
  await measureLists(db)
  if (!options.lists) await measureActs(db)
} finally {
  await db.destroy()
  if (!options.keep) await administration.raw('DROP DATABASE bench_customers')
  await administration.destroy()
}

async function fill(db: Database): Promise<void> {
  await migrate(db)
  await generate(db, { customers, bookings: customers * 3, providers: 200 }, NOW)
  await installStandardSegments(db, NOW)
  await execute(
    db,
    `UPDATE customers SET email = CONCAT('c', id, '@bench.test'), language = ELT(1 + id % 4, 'de', 'fr', 'it', 'en'),
       customer_group = ELT(1 + id % 3, 'Member', 'Guest', NULL), aggregator = ELT(1 + id % 7, 'Direct', 'Pass', 'Club'),
       username = CONCAT('user', id), birthdate = DATE_ADD('1960-01-01', INTERVAL id % 15000 DAY),
       attributes = JSON_OBJECT('size', id % 9, 'source', 'a friend or the newspaper', 'note', REPEAT('x', id % 80))`,
  )
  // a phone for two thirds, tags for half, everybody's agreement for a third, every fourth in a segment
  await execute(db, "UPDATE customers SET phone = CONCAT('+49170', LPAD(id, 7, '0')) WHERE id % 3 > 0")
  await execute(db, "UPDATE customers SET status = 'vip' WHERE id % 50 = 0")
  await execute(
    db,
    `INSERT INTO customer_tags (customer_id, tag, created_at)
     SELECT id, ELT(1 + id % 5, 'yoga', 'evening', 'hot list', 'injured', 'press'), ? FROM customers WHERE id % 2 = 0`,
    [NOW],
  )
  await execute(
    db,
    `INSERT INTO consents (customer_id, channel, given, at, source)
     SELECT id, 'email', id % 6 > 0, ?, 'bench' FROM customers WHERE id % 3 = 0`,
    [NOW],
  )
  await execute(
    db,
    `INSERT INTO segment_members (segment_id, provider_id, customer_id, since)
     SELECT s.id, 0, c.id, ? FROM customers c JOIN segments s ON s.\`key\` = 'active-members' WHERE c.id % 4 = 0`,
    [NOW],
  )
  const moment = await momentAt(db, NOW)
  for (let from = 1; from <= customers; from += CHUNK) {
    const range = { from, to: from + CHUNK - 1 }
    await db.transaction((trx) => rebuildRollupOfRange(trx, moment, [], range))
  }
  for (const table of ['customers', 'relationships', 'customer_tags', 'segment_members', 'consents']) {
    await db.raw(`ANALYZE TABLE ${table}`)
  }
}

async function measureLists(db: Database): Promise<void> {
  const filters: Record<string, CustomerSearch> = {
    nothing: {},
    'status: VIP': { filter: { status: ['vip'] } },
    'status: lead or customer': { filter: { status: ['lead', 'customer'] } },
    tag: { filter: { tag: ['yoga'] } },
    segment: { segment: 'active-members' },
    provider: { provider: 'p7' },
    group: { filter: { customer_group: ['Member'] } },
    aggregator: { filter: { aggregator: ['Direct'] } },
    gender: { filter: { gender: ['female'] } },
    'bookings: 3 and more': { filter: { bookings: { min: 3 } } },
    'bookings: none': { filter: { bookings: { max: 0 } } },
    language: { filter: { language: ['de'] } },
    'reachable by email': { filter: { reachable: ['email'] } },
    'reachable by SMS': { filter: { reachable: ['sms'] } },
    'not reachable by email': { filter: { unreachable: ['email'] } },
    'text: a': { filter: { text: 'a' } },
    'text: two words': { filter: { text: 'anna m' } },
    'six of them': {
      segment: 'active-members',
      filter: {
        status: ['lead', 'customer'],
        gender: ['female'],
        tag: ['yoga'],
        bookings: { min: 1 },
        reachable: ['email'],
      },
    },
  }
  for (const [name, search] of Object.entries(filters)) {
    const { total } = await listCustomers(db, search, { limit: 100 })
    await timed(`${name} (${total.toLocaleString('en')})`, () => listCustomers(db, search, { limit: 100 }))
  }
  for (const sort of customerSort.options) {
    for (const direction of ['ascending', 'descending'] as const) {
      const search = { sort, direction }
      await timed(`by ${sort}, ${direction}`, () => listCustomers(db, search, { limit: 100 }))
      await timed('  in the middle', () => listCustomers(db, search, { limit: 100, cursor: MIDDLE }))
    }
  }
  await timed('by bookings, gender and tag', () =>
    listCustomers(db, { sort: 'bookings', filter: { gender: ['female'], tag: ['yoga'] } }, { limit: 100 }),
  )
  for (const facet of customerFacet.options) await timed(`choices of ${facet}`, () => facetOf(db, facet, {}))
}

async function measureActs(db: Database): Promise<void> {
  await once('everybody as a file', async () => {
    const file = await exportCustomers(db, { search: {}, columns: ALL_COLUMNS, language: 'en' })
    let bytes = 0
    for await (const piece of file) bytes += piece.length
    return `${(bytes / 1e6).toFixed(1)} MB`
  })
  let tagging = 0
  await once('everybody tagged', async () => {
    const act = await tagCustomers(db, { search: {} }, { add: ['everybody'], remove: ['yoga'] }, { by: 'bench' }, NOW)
    tagging = act.tagging ?? 0
    return `${act.changed.toLocaleString('en')} changed`
  })
  await once('and taken back', async () => `${await undoTagging(db, tagging, NOW)} changed`)
  let act = 0
  await once('everybody set to VIP', async () => {
    const set = await setByHand(db, { search: {} }, { status: 'vip', by: 'bench' }, NOW)
    act = set.act ?? 0
    return `${set.changed.toLocaleString('en')} changed`
  })
  await once('and taken back', async () => `${await undoSetting(db, act, 'bench', NOW)} changed`)
}

async function timed(what: string, act: () => Promise<unknown>): Promise<void> {
  const times: number[] = []
  const { cpu } = await costOf(db, async () => {
    for (let round = 0; round < rounds; round += 1) {
      const began = performance.now()
      await act()
      times.push(performance.now() - began)
    }
  })
  times.sort((one, other) => one - other)
  const at = (part: number) => (times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0).toFixed(0)
  console.log(
    `${what.padEnd(44)} ${at(0.5).padStart(6)} ${at(0.95).padStart(6)} ${cpu === null ? '' : ((cpu / rounds) * 1_000).toFixed(0).padStart(6)}`,
  )
}

async function once(what: string, act: () => Promise<string>): Promise<void> {
  const began = performance.now()
  const said = await act()
  console.log(`${what.padEnd(44)} ${((performance.now() - began) / 1000).toFixed(1)} s, ${said}`)
}
