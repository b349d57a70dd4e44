/**
 * What it costs to keep segments: the whole by hand-written SQL, the whole by us, and what a change costs.
 *
 *   node bench/segments.ts --server mysql://root@127.0.0.1:3306 --customers 100000 --customers 1000000
 *
 * Each size gets a database of its own, filled by SQL from a fixed seed (10 bookings for each customer), and dropped
 * at the end; with --keep it stays, and a later run needs not fill it again. Without sizes: 100,000 customers.
 *
 * Give the server --tmp-table-size and --max-heap-table-size of 1G, or the hand-written SQL sorts out its million groups
 * on the disk and looks worse than it is; ours works in chunks and does not care.
 */
import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { type Database, execute, openDatabase, rows } from '../domain/database.ts'
import { installStandardSegments, standardSegments } from '../domain/segments/installStandardSegments.ts'
import { markDirty } from '../domain/segments/markDirty.ts'
import { momentAt } from '../domain/segments/moment.ts'
import { previewRule } from '../domain/segments/previewRule.ts'
import { rebuildRollupOfRange } from '../domain/segments/rebuildRollup.ts'
import { recomputeSegments } from '../domain/segments/recomputeSegment.ts'
import { refreshSegments } from '../domain/segments/refreshSegments.ts'
import { migrate } from '../migrations/run.ts'
import { best, type Cost, costOf } from './segments/cost.ts'
import { generate } from './segments/data.ts'
import { writeMembersByHand } from './segments/handWritten.ts'

const NOW = new Date('2026-11-25T12:00:00.000Z')
const BOOKINGS_EACH = 10
const PROVIDERS = 200
const MANY = 10_000

const { values: options } = parseArgs({
  options: {
    server: { type: 'string', default: 'mysql://root@127.0.0.1:3306' },
    customers: { type: 'string', multiple: true, default: ['100000'] },
    keep: { type: 'boolean', default: false },
  },
})

type Figures = { hand: Cost; one: Cost }

async function measure(customers: number): Promise<Figures> {
  const name = `bench_${customers}`
  const administration = openDatabase(`${options.server}/`, 1)
  const bookings = customers * BOOKINGS_EACH
  console.log(`\n${customers.toLocaleString('en')} customers, ${bookings.toLocaleString('en')} bookings`)
  if (!options.keep) await administration.raw(`DROP DATABASE IF EXISTS ${name}`)
  await administration.raw(`CREATE DATABASE IF NOT EXISTS ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`)
  const db = openDatabase(`${options.server}/${name}`, 4)
  await migrate(db)
  const [filled] = await rows<{ count: number }>(db, 'SELECT COUNT(*) AS count FROM customers')
  if (filled?.count === customers) {
    await forgetAll(db)
  } else {
    say('(filled by SQL)', await costOf(db, () => generate(db, { customers, bookings, providers: PROVIDERS }, NOW)))
  }
  for (const table of ['customers', 'bookings', 'memberships', 'reviews', 'favourites', 'suppressions'])
    await db.raw(`ANALYZE TABLE ${table}`)

  const times = customers > 300_000 ? 1 : 3
  const hand = await best(db, times, () => writeMembersByHand(db, NOW))
  say('hand-written SQL, one pass over raw rows, writing members', hand)
  const rollup = await costOf(db, () => rebuildAll(db, customers))
  say('rollup of all relationships from the raw rows (once, at the first load)', rollup)

  await installStandardSegments(db, NOW)
  const keys = (await rows<{ key: string }>(db, 'SELECT `key` FROM segments')).map(({ key }) => key)
  await sameMembers(db, 'after the first recompute')
  const full = await best(
    db,
    times,
    () => recomputeSegments(db, keys, NOW),
    () => forget(db),
  )
  say('full recompute with diff from no members: rollup read, members and transitions written', full, hand)
  say('  the same with the rollup rebuilt before', sum(full, rollup), hand)
  const again = await best(db, times, () => recomputeSegments(db, keys, NOW))
  say('full recompute with diff, nothing to change', again, hand)

  await change(db, customers, MANY, 1)
  await refreshSegments(db, NOW)
  await change(db, customers, MANY, 2)
  const many = await costOf(db, () => refreshSegments(db, NOW))
  say(`refresh after ${MANY.toLocaleString('en')} changed bookings`, many, hand)

  const ones: Cost[] = []
  for (let index = 0; index < 100; index += 1) {
    await change(db, customers, 1, 100 + index)
    ones.push(await costOf(db, () => refreshSegments(db, NOW)))
  }
  const one = { seconds: quantile(ones, 0.5), cpu: mean(ones) }
  say('refresh after one changed booking, median of 100 (processor time: mean)', one, hand)
  say('  95th percentile', { seconds: quantile(ones, 0.95), cpu: null })
  await writeMembersByHand(db, NOW)
  await sameMembers(db, 'after the refreshes')
  await measurePreviews(db)
  await db.destroy()
  if (!options.keep) await administration.raw(`DROP DATABASE ${name}`)
  await administration.destroy()
  return { hand, one }
}

/** A rule of six conditions, as somebody draws it. */
const SIX = {
  all: [
    { fact: 'first_booking', is: 'more_than_ago', value: { days: 30 } },
    { fact: 'last_booking', states: ['attended'], is: 'within_last', value: { days: 60 } },
    { fact: 'booking_count', is: '>=', value: 5 },
    {
      any: [
        { fact: 'gender', is: 'one_of', value: ['female'] },
        { fact: 'status', is: 'one_of', value: ['vip'] },
      ],
    },
    { not: { fact: 'next_booking', is: 'set' } },
  ],
}

/** The same with what only the raw rows know: memberships, and bookings of a window. */
const SIX_RAW = {
  all: [
    { fact: 'first_booking', is: 'more_than_ago', value: { days: 30 } },
    { fact: 'booking_count', states: ['attended'], within: { last: { days: 90 } }, is: '>=', value: 2 },
    {
      any: [
        { fact: 'membership', is: 'valid' },
        { fact: 'gender', is: 'one_of', value: ['female'] },
      ],
    },
    { not: { fact: 'membership', is: 'valid_cancelled' } },
    { fact: 'last_booking', is: 'within_last', value: { days: 60 } },
  ],
}

async function measurePreviews(db: Database): Promise<void> {
  for (const [what, rule] of [
    ['from the rollup', SIX],
    ['with memberships and a window', SIX_RAW],
  ] as const) {
    say(`preview of six conditions ${what}`, await best(db, 5, () => previewRule(db, { rule }, NOW)))
    say('  sampled', await best(db, 5, () => previewRule(db, { rule, sampled: true }, NOW)))
  }
}

function quantile(costs: readonly Cost[], share: number): number {
  const sorted = costs.map(({ seconds }) => seconds).sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length * share)] ?? 0
}

function mean(costs: readonly Cost[]): number | null {
  const cpus = costs.flatMap(({ cpu }) => (cpu === null ? [] : [cpu]))
  return cpus.length === 0 ? null : cpus.reduce((total, cpu) => total + cpu, 0) / cpus.length
}

function sum(one: Cost, other: Cost): Cost {
  return {
    seconds: one.seconds + other.seconds,
    cpu: one.cpu === null || other.cpu === null ? null : one.cpu + other.cpu,
  }
}

async function rebuildAll(db: Database, customers: number): Promise<void> {
  const moment = await momentAt(db, NOW)
  for (let from = 0; from <= customers; from += 20_000) {
    await rebuildRollupOfRange(db, moment, [], { from, to: from + 19_999 })
  }
}

/** Takes a kept database back to raw rows. */
async function forgetAll(db: Database): Promise<void> {
  for (const table of ['segments', 'dirty_relationships', 'segment_changes', 'segment_touched', 'rankings']) {
    await db.raw(`DELETE FROM ${table}`)
  }
  await db.raw('TRUNCATE TABLE relationships')
}

/** Takes back what a recompute did, so that it can be measured again from nothing. */
async function forget(db: Database): Promise<void> {
  await db.raw('TRUNCATE TABLE segment_members')
  await db.raw('TRUNCATE TABLE segment_transitions')
  await db.raw('UPDATE segments SET computed_version = NULL')
}

/** Moves some bookings of different customers by days, and marks them as ingest does. */
async function change(db: Database, customers: number, count: number, round: number): Promise<void> {
  await db.transaction(async (trx) => {
    const step = Math.floor(customers / count)
    const names = Array.from({ length: count }, (_, index) => {
      const customer = 1 + ((index * step + round * 7_919) % customers)
      return `b${customer}-${1 + (round % BOOKINGS_EACH)}`
    })
    const changed: { id: number; customer_id: number; provider_id: number }[] = []
    for (let start = 0; start < names.length; start += 1_000) {
      const chunk = names.slice(start, start + 1_000)
      await execute(
        trx,
        'UPDATE bookings SET starts_at = DATE_ADD(starts_at, INTERVAL ? DAY), starts_on = DATE(starts_at) WHERE external_id IN (?)',
        [1 + (round % 40), chunk],
      )
      changed.push(
        ...(await rows<{ id: number; customer_id: number; provider_id: number }>(
          trx,
          'SELECT id, customer_id, provider_id FROM bookings WHERE external_id IN (?)',
          [chunk],
        )),
      )
    }
    if (changed.length !== count) throw new Error(`${changed.length} bookings were changed, not ${count}`)
    const pairs = changed.map((row) => ({ providerId: row.provider_id, customerId: row.customer_id }))
    await markDirty(trx, pairs, 'event', NOW)
  })
}

/** The benchmark is worth nothing if both don't write the same. */
async function sameMembers(db: Database, when: string): Promise<void> {
  const [found] = await rows<{ differing: number; members: number }>(
    db,
    `SELECT (SELECT COUNT(*) FROM hand_written_members) + (SELECT COUNT(*) FROM segment_members)
       - 2 * (SELECT COUNT(*) FROM hand_written_members h JOIN segments s ON s.\`key\` = ELT(h.segment_id, ${KEYS})
              JOIN segment_members m
                ON m.segment_id = s.id AND m.provider_id = h.provider_id AND m.customer_id = h.customer_id) AS differing,
       (SELECT COUNT(*) FROM segment_members) AS members`,
  )
  if (found?.differing !== 0) throw new Error(`${found?.differing} members differ ${when}`)
  console.log(`  (${found.members.toLocaleString('en')} members, the same by hand and by us ${when})`)
}

/** The segments in the order in which the hand-written SQL numbers them. */
const KEYS = standardSegments()
  .map(({ key }) => `'${key}'`)
  .join(', ')

function say(what: string, cost: Cost, than?: Cost): void {
  const columns = [timeOf(cost.seconds), cost.cpu === null ? '' : `${timeOf(cost.cpu)} CPU`]
  if (than !== undefined) {
    columns.push(`${ratioOf(cost.seconds / than.seconds)}`)
    if (cost.cpu !== null && than.cpu !== null) columns.push(`${ratioOf(cost.cpu / than.cpu)} CPU`)
  }
  console.log(`  ${what.padEnd(88)}${columns.map((column) => column.padStart(13)).join('')}`)
}

const timeOf = (seconds: number): string =>
  seconds < 1 ? `${(seconds * 1_000).toFixed(0)} ms` : `${seconds.toFixed(2)} s`

const ratioOf = (ratio: number): string => (ratio >= 0.5 ? `${ratio.toFixed(2)} ×` : `1/${(1 / ratio).toFixed(0)}`)

async function describeMachine(): Promise<void> {
  const db = openDatabase(`${options.server}/`, 1)
  const [row] = await rows<Record<string, string | number>>(
    db,
    'SELECT VERSION() AS version, @@innodb_buffer_pool_size AS pool, @@innodb_flush_log_at_trx_commit AS flush, @@tmp_table_size AS tmp',
  )
  await db.destroy()
  const processors = cpus()
  console.log(
    `${processors.length} × ${processors[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}; ` +
      `${row?.version}, buffer pool ${Math.round(Number(row?.pool) / 2 ** 20)} MB, ` +
      `tmp_table_size ${Math.round(Number(row?.tmp) / 2 ** 20)} MB, flush_log_at_trx_commit ${row?.flush}`,
  )
}

function compareSizes(): void {
  const [small, large] = [all[0], all.at(-1)]
  if (small === undefined || large === undefined || small === large) return
  const ratio = large.figures.one.seconds / small.figures.one.seconds
  console.log(
    `\nrefresh after one change: ${large.customers.toLocaleString('en')} customers take ${ratio.toFixed(2)} × the time of ${small.customers.toLocaleString('en')}`,
  )
}

const all: { customers: number; figures: Figures }[] = []
await describeMachine()
for (const text of options.customers) {
  const customers = Number(text)
  all.push({ customers, figures: await measure(customers) })
}
compareSizes()
