import { type Database, rows } from '../../domain/database.ts'
import { type Ingested, ingest } from '../../domain/ingest/ingest.ts'
import type { Items, Kind } from '../../domain/ingest/items.ts'

export const NOW = new Date('2026-06-15T10:00:00Z')

type Request = { [K in Kind]?: Items[K][] } & { historical?: boolean }

/** Ingests plain items, each at its place in the list. */
export function send(db: Database, request: Request, now = NOW): Promise<Ingested> {
  const { historical, ...kinds } = request
  const placed = Object.fromEntries(
    Object.entries(kinds).map(([kind, items]) => [kind, items.map((item, index) => ({ index, item }))]),
  )
  return ingest(db, { ...placed, historical }, now)
}

/** The one row of a table with this external id. */
export async function rowOf(db: Database, table: string, id: string): Promise<Record<string, unknown>> {
  const [row] = await rows<Record<string, unknown>>(db, 'SELECT * FROM ?? WHERE external_id = ?', [table, id])
  if (row === undefined) throw new Error(`${table} has no ${id}`)
  return row
}

/** The dirty relationships as "provider/customer cause" with external ids, sorted; the queue is emptied. */
export async function takeDirty(db: Database): Promise<string[]> {
  const marked = await rows<{ provider: string | null; customer: string; cause: string }>(
    db,
    `SELECT p.external_id AS provider, c.external_id AS customer, d.cause FROM dirty_relationships d
     JOIN customers c ON c.id = d.customer_id LEFT JOIN providers p ON p.id = d.provider_id`,
  )
  await db.raw('DELETE FROM dirty_relationships')
  return marked.map(({ provider, customer, cause }) => `${provider ?? 'business'}/${customer} ${cause}`).sort()
}
