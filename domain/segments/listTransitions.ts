import { customerName, NAME_COLUMNS, type Named } from '../customers/name.ts'
import { type Database, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import type { Cause } from './applyChanges.ts'
import { readSegment } from './readSegments.ts'

export type Transition = {
  customer: { id: string; name: string }
  provider: string | null
  entered: boolean
  cause: Cause
  at: Date
}

/**
 * Who entered and left a segment, newest first.
 *
 * @throws Problem 'not_found'; 'invalid' for a cursor that is not one
 */
export async function listTransitions(
  db: Database,
  key: string,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ items: Transition[]; next: string | null }> {
  const segment = await readSegment(db, key)
  const { at, id } = readCursor(page.cursor)
  const found = await rows<Named & { id: number; provider: string | null; entered: number; cause: Cause; at: Date }>(
    db,
    `SELECT t.id, ${NAME_COLUMNS}, p.external_id AS provider, t.entered, t.cause, t.at
     FROM segment_transitions t JOIN customers c ON c.id = t.customer_id LEFT JOIN providers p ON p.id = t.provider_id
     WHERE t.segment_id = ? AND t.at <= ? AND (t.at < ? OR t.id < ?)
     ORDER BY t.at DESC, t.id DESC LIMIT ?`,
    [segment.id, at, at, id, page.limit + 1],
  )
  const part = found.slice(0, page.limit)
  const last = part.at(-1)
  return {
    items: part.map((row) => ({
      customer: { id: row.external_id, name: customerName(row) },
      provider: row.provider,
      entered: row.entered === 1,
      cause: row.cause,
      at: row.at,
    })),
    next: found.length > page.limit && last !== undefined ? `${last.at.getTime()}.${last.id}` : null,
  }
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
