import { forgetting } from '../audit/forgetting.ts'
import { leave } from '../automations/leave.ts'
import { type Database, execute, rows } from '../database.ts'
import { insertEvents } from '../deliveries/events.ts'
import { escapeLike } from '../escapeLike.ts'
import { fileRows } from '../imports/file/fileRows.ts'
import { removeFiles } from '../imports/fileParts.ts'
import { requireImport } from '../imports/readImports.ts'
import { ingestIn } from '../ingest/ingest.ts'
import { withMerged } from '../merge/mergedAmong.ts'
import { settleRewards } from '../rewards/settleRewards.ts'
import { emptyDeliveries, emptyOwnMessages } from './emptyDeliveries.ts'
import { rememberErased } from './erasedAddresses.ts'
import { mentioned } from './mentioned.ts'
import { TABLES } from './tables.ts'

type Whom = {
  customerId: number
  /** The caller's own identifier. */
  customer: string
  /** Addresses, numbers and names by which they are found in texts. */
  traces: readonly string[]
  now: Date
}
type Step = (db: Database, whom: Whom) => Promise<void>

/** Why a message of theirs is not sent. */
const REASON = 'unknown_customer'

/** Nobody writes to their addresses again, whoever brings them. */
const rememberAddresses: Step = (db, { traces, now }) =>
  rememberErased(
    db,
    traces.filter((trace) => trace.includes('@') || /^\+?[\d\s()/.-]{6,}$/.test(trace)),
    now,
  )

/** Automations are left; what waits for them is cancelled. What a mail server has can't be called back. */
const stopMessages: Step = (db, { customerId, now }) =>
  db.transaction(async (trx) => {
    const on = await rows<{ id: number }>(
      trx,
      "SELECT id FROM enrolments WHERE customer_id = ? AND state = 'active' ORDER BY id FOR UPDATE",
      [customerId],
    )
    const ids = on.map(({ id }) => id)
    await leave(trx, ids, { state: 'exited', reason: 'by_hand' }, now)
    const waiting = await rows<{ id: number }>(
      trx,
      "SELECT id FROM deliveries WHERE customer_id = ? AND state = 'queued' ORDER BY id FOR UPDATE",
      [customerId],
    )
    const queued = waiting.map(({ id }) => id)
    if (queued.length === 0) return
    await execute(trx, "UPDATE deliveries SET state = 'cancelled', reason = ? WHERE id IN (?)", [REASON, queued])
    await settleRewards(trx, queued, now)
    const events = queued.map((delivery) => ({ delivery, type: 'cancelled' as const, detail: { reason: REASON } }))
    await insertEvents(trx, events, now)
  })

/** The profile goes as when a source deletes somebody; whoever sends them again is told that they were erased. */
const emptyProfile: Step = (db, { customerId, customer, now }) =>
  db.transaction(async (trx) => {
    await execute(trx, 'UPDATE customers SET erased_at = NULL WHERE id = ?', [customerId])
    await ingestIn(trx, { customers: [{ index: 0, item: { id: customer, deleted: true } }], historical: true }, now)
    await execute(trx, 'UPDATE customers SET erased_at = ? WHERE id = ?', [now, customerId])
  })

/** What other tables have of them, by the table of tables. */
const treatTables: Step = async (db, { customerId, traces }) => {
  await db.transaction(async (trx) => {
    const ids = await withMerged(trx, customerId)
    for (const [table, treatment] of Object.entries(TABLES)) {
      if (treatment === 'removed') await execute(trx, `DELETE FROM ${table} WHERE customer_id IN (?)`, [ids])
      else if (typeof treatment === 'object' && 'emptied' in treatment) {
        const columns = Object.entries(treatment.emptied)
        const set = columns.map(([column]) => `${column} = ?`).join(', ')
        await execute(trx, `UPDATE ${table} SET ${set} WHERE customer_id IN (?)`, [
          ...columns.map(([, value]) => value),
          ids,
        ])
      }
    }
  })
  for (const [table, treatment] of Object.entries(TABLES)) {
    if (typeof treatment !== 'object' || !('mentions' in treatment)) continue
    for (const { sql, bindings } of await mentioned(db, table, treatment.mentions, traces)) {
      if (treatment.then === 'remove') await execute(db, `DELETE FROM ${table} WHERE ${sql}`, bindings)
      else {
        const set = treatment.mentions.map((column) => `${column} = ?`).join(', ')
        const empty = treatment.mentions.map(() => treatment.empty ?? null)
        await execute(db, `UPDATE ${table} SET ${set} WHERE ${sql}`, [...empty, ...bindings])
      }
    }
  }
}

/** Messages stay as counts: to whom they went, and what a server said of the address, do not. */
const emptyMessages: Step = async (db, { customerId, traces }) => {
  await db.transaction(async (trx) => {
    await emptyDeliveries(trx, { sql: 'd.customer_id = ?', bindings: [customerId] })
    const sent = await rows<{ campaign: number }>(
      trx,
      'SELECT DISTINCT campaign_id AS campaign FROM deliveries WHERE customer_id = ?',
      [customerId],
    )
    await emptyOwnMessages(
      trx,
      sent.map(({ campaign }) => campaign),
    )
    const emails = traces.filter((trace) => trace.includes('@'))
    if (emails.length > 0) await execute(trx, 'DELETE FROM opt_ins WHERE email IN (?)', [emails])
  })
  const columns = ['recipient', 'subject', 'CONVERT(source USING utf8mb4)']
  for (const { sql, bindings } of await mentioned(db, 'inbox_mails', columns, traces)) {
    await execute(db, `DELETE FROM inbox_mails WHERE ${sql}`, bindings)
  }
}

/** The audit trail keeps who did what and when; what it was before and after goes, where it was about this person. */
const emptyAudit: Step = async (db, { customerId, customer, traces }) => {
  const merged = await rows<{ id: string }>(db, 'SELECT external_id AS id FROM customers WHERE merged_into = ?', [
    customerId,
  ])
  const aboutThem = [customer, ...merged.map(({ id }) => id)].flatMap((name) => {
    const like = `%"${escapeLike(name)}"%`
    return [
      {
        sql: "entity IN ('customers', 'suppressions', 'consents', 'erasures') AND entity_id = ?",
        bindings: [name],
      },
      {
        sql: "entity = 'customers' AND (after_value LIKE ? ESCAPE '!' OR before_value LIKE ? ESCAPE '!')",
        bindings: [like, like],
      },
    ]
  })
  const named = ['entity_name', 'before_value', 'after_value']
  for (const { sql, bindings } of await mentioned(db, 'audit_entries', named, traces, aboutThem)) {
    await db.transaction((trx) =>
      forgetting(trx, () =>
        execute(
          trx,
          `UPDATE audit_entries SET entity_name = '', before_value = NULL, after_value = '{"erased":true}' WHERE ${sql}`,
          bindings,
        ),
      ),
    )
  }
}

/** Files in which they stand are removed as a whole: nothing can be taken out of them. */
const removeImportFiles: Step = async (db, { customerId, customer, traces, now }) => {
  const merged = await rows<{ id: string }>(db, 'SELECT external_id AS id FROM customers WHERE merged_into = ?', [
    customerId,
  ])
  const kept = await rows<{ id: number }>(db, 'SELECT DISTINCT import_id AS id FROM import_parts')
  const sought = [customer, ...merged.map(({ id }) => id), ...traces].map((text) => text.toLowerCase())
  for (const { id } of kept) {
    if (await hasOneOf(db, id, sought)) await db.transaction((trx) => removeFiles(trx, [id], now))
  }
}

async function hasOneOf(db: Database, id: number, sought: readonly string[]): Promise<boolean> {
  const file = await requireImport(db, id)
  // nobody knows yet what is in it
  if (file.reading === null) return true
  try {
    for await (const { cells } of fileRows(db, file, file.reading)) {
      const line = cells.join(' ').toLowerCase()
      if (sought.some((text) => line.includes(text))) return true
    }
    return false
  } catch {
    // what can't be read can't be answered for
    return true
  }
}

/** In this order: first nothing more goes out, then what is kept goes. */
export const STEPS: readonly Step[] = [
  rememberAddresses,
  stopMessages,
  emptyProfile,
  treatTables,
  emptyMessages,
  emptyAudit,
  removeImportFiles,
]
