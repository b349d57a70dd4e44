import { allOf } from '../customers/filter.ts'
import { customerName, NAME_COLUMNS, type Named } from '../customers/name.ts'
import type { Sql } from '../customers/sql.ts'
import { type Database, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import type { Cause } from './applyChanges.ts'
import { type Moment, momentAt } from './moment.ts'
import { type AskedPeriod, boundsOf, periodOf } from './period.ts'
import { readSegment } from './readSegments.ts'
import { requireProvider } from './requireProvider.ts'

export type Transition = {
  customer: { id: string; name: string }
  provider: string | null
  entered: boolean
  cause: Cause
  /** The version of the rule that decided. */
  version: number
  at: Date
}

/** What the transitions are narrowed by; parts left out narrow nothing. */
export type TransitionSearch = AskedPeriod & {
  causes?: readonly Cause[] | undefined
  entered?: boolean | undefined
  provider?: string | undefined
}

/**
 * Who entered and left a segment, newest first.
 *
 * @throws Problem 'not_found'; 'invalid' for a cursor, period or provider that is not one
 */
export async function listTransitions(
  db: Database,
  key: string,
  search: TransitionSearch,
  page: { limit: number; cursor?: string | undefined },
  now: Date,
): Promise<{ items: Transition[]; next: string | null }> {
  const segment = await readSegment(db, key)
  const asked = await whichOnes(db, search, page.cursor, await momentAt(db, now))
  // the page is cut out of the index alone before anything is joined to it
  const found = await rows<TransitionRow>(
    db,
    `SELECT t.id, ${NAME_COLUMNS}, p.external_id AS provider, t.entered, t.cause, t.version, t.at
     FROM (
       SELECT id FROM segment_transitions WHERE segment_id = ? AND ${asked.sql} ORDER BY at DESC, id DESC LIMIT ?
     ) page JOIN segment_transitions t ON t.id = page.id JOIN customers c ON c.id = t.customer_id LEFT JOIN providers p ON p.id = t.provider_id
     ORDER BY t.at DESC, t.id DESC`,
    [segment.id, ...asked.bindings, page.limit + 1],
  )
  const part = found.slice(0, page.limit)
  const last = part.at(-1)
  return {
    items: part.map((row) => ({
      customer: { id: row.external_id, name: customerName(row) },
      provider: row.provider,
      entered: row.entered === 1,
      cause: row.cause,
      version: row.version,
      at: row.at,
    })),
    next: found.length > page.limit && last !== undefined ? `${last.at.getTime()}.${last.id}` : null,
  }
}

type TransitionRow = Named & {
  id: number
  provider: string | null
  entered: number
  cause: Cause
  version: number
  at: Date
}

async function whichOnes(
  db: Database,
  { from, to, causes, entered, provider }: TransitionSearch,
  cursor: string | undefined,
  moment: Moment,
): Promise<Sql> {
  const { at, id } = readCursor(cursor)
  const parts: Sql[] = [{ sql: 'at <= ? AND (at < ? OR id < ?)', bindings: [at, at, id] }]
  if (from !== undefined || to !== undefined) {
    const { begin, end } = boundsOf(periodOf({ from, to }, moment.today), moment)
    parts.push({ sql: 'at >= ? AND at < ?', bindings: [begin, end] })
  }
  if (causes !== undefined && causes.length > 0) {
    parts.push({ sql: `cause IN (${causes.map(() => '?').join(', ')})`, bindings: [...causes] })
  }
  if (entered !== undefined) parts.push({ sql: 'entered = ?', bindings: [entered ? 1 : 0] })
  if (provider !== undefined) {
    parts.push({ sql: 'provider_id = ?', bindings: [await requireProvider(db, provider, '/query/provider')] })
  }
  return allOf(parts)
}

const END_OF_TIME = new Date('9999-12-31T00:00:00Z')

function readCursor(cursor: string | undefined): { at: Date; id: number } {
  if (cursor === undefined) return { at: END_OF_TIME, id: Number.MAX_SAFE_INTEGER }
  const [, at, id] = /^(\d{1,15})\.(\d{1,15})$/.exec(cursor) ?? []
  if (at === undefined || id === undefined || Number(at) > END_OF_TIME.getTime()) {
    throw new Problem('invalid', 'This cursor is not one that a list has given.', [
      { path: '/query/cursor', message: 'Allowed is the `next` of the part before' },
    ])
  }
  return { at: new Date(Number(at)), id: Number(id) }
}
