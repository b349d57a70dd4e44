import { ZipFile } from 'yazl'
import { BYTE_ORDER_MARK } from '../csv/csvLine.ts'
import type { ExportLanguage } from '../csv/exportLanguage.ts'
import { type Database, rows } from '../database.ts'
import { exportCsv } from '../exports/exportCsv.ts'
import { EXPORT_KINDS } from '../exports/kinds.ts'
import { FILE_WORDS } from '../exports/words.ts'
import { withMerged } from '../merge/mergedAmong.ts'

/** What is worked out from the rest at any time, and says nothing more. */
const DERIVED: readonly string[] = [
  ...['dirty_relationships', 'refresh_scope', 'rank_values', 'segment_changes', 'segment_touched', 'status_decisions'],
  ...['backtest_changes', 'dry_run_ways', 'erasures', 'webhook_events'],
]

/**
 * Everything that is kept about one customer, as a ZIP: `data.json` has every row of every table that is about them, also of
 * tables that come later; beside it the same as CSV in words, as far as people read it.
 *
 * @param customerId our id
 */
export async function personalData(
  db: Database,
  customerId: number,
  language: ExportLanguage,
  now: Date,
): Promise<AsyncIterable<Uint8Array>> {
  const zip = new ZipFile()
  const add = (name: string, text: string) => zip.addBuffer(Buffer.from(text), name, { mtime: now })
  add('data.json', `${JSON.stringify(await allRows(db, customerId, now), null, 2)}\n`)
  for (const kind of EXPORT_KINDS) {
    let text = BYTE_ORDER_MARK
    for await (const piece of exportCsv(db, kind, { own: null, language, customer: customerId })) text += piece
    // a table with titles alone says nothing
    if (text.trimEnd().includes('\n')) add(`${FILE_WORDS[language][kind]}.csv`, text)
  }
  zip.end()
  return zip.outputStream as unknown as AsyncIterable<Uint8Array>
}

async function allRows(db: Database, customerId: number, now: Date): Promise<Record<string, unknown>> {
  const tables = await rows<{ name: string }>(
    db,
    `SELECT table_name AS name FROM information_schema.columns
     WHERE table_schema = DATABASE() AND column_name = 'customer_id' ORDER BY table_name`,
  )
  const found: Record<string, unknown> = { written_at: now }
  // with what is still of those who went into them
  const ids = await withMerged(db, customerId)
  found.customer = await rows(db, 'SELECT * FROM customers WHERE id = ?', [customerId])
  for (const { name } of tables) {
    if (DERIVED.includes(name)) continue
    const about = await rows(db, `SELECT * FROM \`${name}\` WHERE customer_id IN (?)`, [ids])
    if (about.length > 0) found[name] = about.map(readable)
  }
  found.delivery_events = await rows(
    db,
    `SELECT e.* FROM delivery_events e JOIN deliveries d ON d.id = e.delivery_id WHERE d.customer_id = ? ORDER BY e.id`,
    [customerId],
  )
  found.messages = await rows(
    db,
    `SELECT d.id AS delivery, m.name, m.subject, m.channel, d.queued_at FROM deliveries d
     JOIN campaigns m ON m.id = d.campaign_id WHERE d.customer_id = ? ORDER BY d.id`,
    [customerId],
  )
  return found
}

/** Without what is a key or a claim of ours. */
const readable = (row: unknown): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row as Record<string, unknown>).filter(([, value]) => !Buffer.isBuffer(value)))
