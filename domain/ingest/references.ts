import { type Database, rows } from '../database.ts'
import { insertRows } from '../insertRows.ts'
import type { Change, Row } from './table.ts'

/** The customers or the providers that the facts of one request name. */
export type References = {
  /** Our id of a named one; of one without a row a negative stand-in, until {@link settle} has made the row. */
  id(externalId: string): number
  /** Makes a row, not known, for each stand-in that the changed facts really hold, and puts its id in the stand-in's place. */
  settle(trx: Database, changes: readonly Change[], now: Date): Promise<void>
  /** The ids, as the caller writes them, of those named by these facts that are not known yet, sorted. */
  waiting(facts: readonly Row[]): string[]
}

/** Looks up all that are named, once. */
export async function lookUp(
  trx: Database,
  table: 'customers' | 'providers',
  externalIds: ReadonlySet<string>,
): Promise<References> {
  const column = table === 'customers' ? 'customer_id' : 'provider_id'
  const found = await find(trx, table, [...externalIds])
  const named = new Map([...found].map(([externalId, { id, known }]) => [id, { externalId, known }]))

  return {
    id(externalId) {
      const entry = found.get(externalId) ?? { id: -1 - found.size, known: false }
      found.set(externalId, entry)
      named.set(entry.id, { externalId, known: entry.known })
      return entry.id
    },

    async settle(trx, changes, now) {
      const missing = [...new Set(changes.map(({ after }) => after.cells[column]))]
        .filter((id) => typeof id === 'number' && id < 0)
        .flatMap((id) => named.get(id as number)?.externalId ?? [])
        .sort()
      if (missing.length === 0) return
      await insertRows(
        trx,
        table,
        ['external_id', 'known', 'created_at', 'updated_at'],
        missing.map((externalId) => [externalId, 0, now, now]),
      )
      const made = await find(trx, table, missing)
      for (const { after } of changes) {
        const standIn = named.get(after.cells[column] as number)?.externalId
        const entry = standIn === undefined ? undefined : made.get(standIn)
        if (entry !== undefined) after.cells[column] = entry.id
      }
      for (const [externalId, entry] of made) {
        found.set(externalId, entry)
        named.set(entry.id, { externalId, known: false })
      }
    },

    waiting: (facts) =>
      [...new Set(facts.filter(({ alive }) => alive).map(({ cells }) => cells[column]))]
        .flatMap((id) => {
          const entry = typeof id === 'number' ? named.get(id) : undefined
          return entry === undefined || entry.known ? [] : [entry.externalId]
        })
        .sort(),
  }
}

/** Our ids of those who have a row, and whether we were told about them. */
async function find(
  trx: Database,
  table: string,
  externalIds: readonly string[],
): Promise<Map<string, { id: number; known: boolean }>> {
  if (externalIds.length === 0) return new Map()
  // the identifier of a customer who went into another one leads to the one who stayed
  const sql =
    table === 'customers'
      ? `SELECT COALESCE(y.id, c.id) AS id, c.external_id, COALESCE(y.known, c.known) AS known
         FROM customers c LEFT JOIN customers y ON y.id = c.merged_into WHERE c.external_id IN (?)`
      : `SELECT id, external_id, known FROM ${table} WHERE external_id IN (?)`
  const found = await rows<{ id: number; external_id: string; known: number }>(trx, sql, [[...externalIds]])
  return new Map(found.map(({ id, external_id, known }) => [external_id, { id, known: known === 1 }]))
}
