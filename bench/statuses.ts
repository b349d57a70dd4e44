/**
 * What the status of customers costs: saying who would change, deciding about everybody, setting everybody by hand, and
 * what the rules add to the refresh after one changed booking.
 *
 *   node bench/statuses.ts --server mysql://root@127.0.0.1:3306 --customers 200000
 *
 * A database of its own, filled by SQL from a fixed seed (10 bookings for each customer), and dropped at the end.
 */
import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { type Database, execute, openDatabase, rows } from '../domain/database.ts'
import { markDirty } from '../domain/segments/markDirty.ts'
import { momentAt } from '../domain/segments/moment.ts'
import { rebuildRollupOfRange } from '../domain/segments/rebuildRollup.ts'
import { refreshSegments } from '../domain/segments/refreshSegments.ts'
import { installStatusAutomation } from '../domain/statuses/installStatusAutomation.ts'
import { previewStatuses } from '../domain/statuses/previewStatuses.ts'
import { recomputeStatuses } from '../domain/statuses/recomputeStatuses.ts'
import { saveStatusRules } from '../domain/statuses/saveStatusRules.ts'
import { setByHand } from '../domain/statuses/setByHand.ts'
import { STANDARD_RULES } from '../domain/statuses/standardRules.ts'
import { undoSetting } from '../domain/statuses/undoSetting.ts'
import { migrate } from '../migrations/run.ts'
import { costOf } from './segments/cost.ts'
import { generate } from './segments/data.ts'

const NOW = new Date('2026-11-25T12:00:00.000Z')
const CHUNK = 20_000

const { values: options } = parseArgs({
  options: {
    server: { type: 'string', default: 'mysql://root@127.0.0.1:3306' },
    customers: { type: 'string', default: '200000' },
  },
})
const customers = Number(options.customers)
const administration = openDatabase(`${options.server}/`, 1)
await administration.raw('DROP DATABASE IF EXISTS bench_statuses')
await administration.raw('CREATE DATABASE bench_statuses CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci')
const db = openDatabase(`${options.server}/bench_statuses`, 4)
console.log(`${cpus().length} × ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GB`)
console.log(`${customers.toLocaleString('en')} customers, ${(customers * 10).toLocaleString('en')} bookings`)
try {
  await migrate(db)
  await generate(db, { customers, bookings: customers * 10, providers: 200 }, NOW)
  await execute(db, "UPDATE customers SET status = 'lead'")
  const moment = await momentAt(db, NOW)
  for (let from = 1; from <= customers; from += CHUNK) {
    const range = { from, to: from + CHUNK - 1 }
    await db.transaction((trx) => rebuildRollupOfRange(trx, moment, [], range))
  }
  for (const table of ['customers', 'relationships', 'bookings']) await db.raw(`ANALYZE TABLE ${table}`)
  await measure(db)
} finally {
  await db.destroy()
  await administration.raw('DROP DATABASE bench_statuses')
  await administration.destroy()
}

async function measure(db: Database): Promise<void> {
  const before = await refreshes(db, 1)
  await timed('who would change, by the rules that ship', () => previewStatuses(db, STANDARD_RULES, NOW))
  await timed('everybody decided about for the first time', () => installStatusAutomation(db, NOW))
  const [changed] = await rows<{ count: number }>(db, 'SELECT COUNT(*) AS count FROM status_changes')
  console.log(`  (${(changed?.count ?? 0).toLocaleString('en')} became customers)`)
  const off = STANDARD_RULES.rules.map((rule) => ({ ...rule, enabled: rule.id !== 'appointment-attended' }))
  await saveStatusRules(db, { enabled: true, rules: off }, { by: 'bench', anew: true }, NOW)
  await timed('a rule switched off, everybody decided about anew', () => recomputeStatuses(db, NOW))
  await saveStatusRules(db, STANDARD_RULES, { by: 'bench', anew: false }, NOW)
  await recomputeStatuses(db, NOW)
  const after = await refreshes(db, 2)
  const said = (milliseconds: number) => `${milliseconds.toFixed(1)} ms`
  console.log(
    `refresh after one changed booking: ${said(before)} without rules, ${said(after)} with them (medians of 100)`,
  )
  let act = 0
  await timed('everybody set to VIP by hand', async () => {
    act = (await setByHand(db, { search: {} }, { status: 'vip', by: 'bench' }, NOW)).act ?? 0
  })
  await timed('and taken back', () => undoSetting(db, act, 'bench', NOW))
}

async function timed(what: string, act: () => Promise<unknown>): Promise<void> {
  const { seconds } = await costOf(db, act)
  console.log(`${what}: ${seconds.toFixed(1)} s`)
}

/** The median of refreshes after one changed booking each, in milliseconds. */
async function refreshes(db: Database, seed: number): Promise<number> {
  const times: number[] = []
  for (let index = 0; index < 100; index += 1) {
    const customerId = 1 + ((seed * 7_919 + index * 104_729) % customers)
    await execute(db, 'UPDATE bookings SET minutes = minutes + 1 WHERE customer_id = ? LIMIT 1', [customerId])
    await markDirty(db, [{ providerId: 0, customerId }], 'event', NOW)
    const began = performance.now()
    await refreshSegments(db, NOW)
    times.push(performance.now() - began)
  }
  return times.sort((a, b) => a - b)[50] ?? 0
}
