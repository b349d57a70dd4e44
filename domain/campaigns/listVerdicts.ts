import { customerName, NAME_COLUMNS, type Named } from '../customers/name.ts'
import { type Database, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { readSettings } from '../settings/readSettings.ts'
import type { Audience } from './criteria.ts'
import type { LeftOutReason } from './leftOut.ts'
import { type Held, verdictsSql } from './verdicts.ts'

type Judged = { id: string; name: string; email: string | null }

type Row = { customer_id: number | null; asked_for: string } & { [Column in keyof Named]: Named[Column] | null }

/**
 * The customers behind one number of a preflight, part by part: who would get it, or who is left out for a reason.
 *
 * @param reason null for those who would get it
 * @throws Problem `invalid` for a cursor that is none of ours
 */
export async function listVerdicts(
  db: Database,
  audience: Audience,
  held: Held,
  { reason, limit, cursor }: { reason: LeftOutReason | null; limit: number; cursor?: string | undefined },
): Promise<{ items: Judged[]; next: string | null }> {
  const { mailUnknownConsent } = await readSettings(db)
  const verdicts = verdictsSql(audience, mailUnknownConsent, held)
  const after = readCursor(cursor)
  const found = await rows<Row>(
    db,
    `SELECT w.customer_id, w.external_id AS asked_for, ${NAME_COLUMNS}
     FROM (${verdicts.sql}) w LEFT JOIN customers c ON c.id = w.customer_id AND c.known = 1
     WHERE w.reason <=> ? AND (COALESCE(w.customer_id, 0) > ? OR (COALESCE(w.customer_id, 0) = ? AND w.external_id > ?))
     ORDER BY COALESCE(w.customer_id, 0), w.external_id LIMIT ?`,
    [...verdicts.bindings, reason, after.customer, after.customer, after.id, limit + 1],
  )
  const part = found.slice(0, limit)
  const last = part.at(-1)
  return {
    items: part.map(toJudged),
    next: found.length > limit && last !== undefined ? `${last.customer_id ?? 0}.${last.asked_for}` : null,
  }
}

function toJudged(row: Row): Judged {
  const { external_id, asked_for, email } = row
  return { id: asked_for, name: external_id === null ? asked_for : customerName({ ...row, external_id }), email }
}

function readCursor(cursor: string | undefined): { customer: number; id: string } {
  if (cursor === undefined) return { customer: 0, id: '' }
  const [, customer, id] = /^(\d{1,15})\.([A-Za-z0-9._:-]{1,64})$/.exec(cursor) ?? []
  if (customer === undefined || id === undefined) {
    const message = 'Not a cursor: take the “next” of the part before'
    throw new Problem('invalid', message, [{ path: '/cursor', message }])
  }
  return { customer: Number(customer), id }
}
