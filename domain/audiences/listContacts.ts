import { allOf } from '../customers/filter.ts'
import { customerName, NAME_COLUMNS, type Named } from '../customers/name.ts'
import { textSql } from '../customers/text.ts'
import { type Database, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { getAudience } from './readAudiences.ts'

/** Somebody in an audience, as their profile says now. */
type Contact = {
  id: string
  name: string
  birthdate: string | null
  email: string | null
  phone: string | null
  memberSince: Date | null
  /** What became of their message. */
  state: string | null
}

type Row = Named & {
  customer_id: number
  birthdate: string | null
  phone: string | null
  joined_at: Date | null
  state: string | null
}

/**
 * Those who get what the audience was frozen for, part by part; with a reason, those who were left out for it.
 *
 * @throws Problem `not_found`; `invalid` for a cursor that is none of ours
 */
export async function listContacts(
  db: Database,
  audience: number,
  page: { limit: number; cursor?: string | undefined; text?: string | undefined; leftOut?: string | undefined },
): Promise<{ items: Contact[]; next: string | null }> {
  const { campaign } = await getAudience(db, audience)
  const where = allOf([
    { sql: 'k.audience_id = ? AND k.customer_id > ?', bindings: [audience, readCursor(page.cursor)] },
    { sql: 'k.left_out <=> ? AND k.removed_at IS NULL', bindings: [page.leftOut ?? null] },
    ...[textSql(page.text, 'c')].filter((part) => part !== null),
  ])
  const found = await rows<Row>(
    db,
    `SELECT k.customer_id, ${NAME_COLUMNS}, c.birthdate, c.phone, c.joined_at, d.state
     FROM audience_contacts k JOIN customers c ON c.id = k.customer_id
       LEFT JOIN deliveries d ON d.campaign_id = ? AND d.customer_id = k.customer_id
     WHERE ${where.sql} ORDER BY k.customer_id LIMIT ?`,
    [campaign.id, ...where.bindings, page.limit + 1],
  )
  const part = found.slice(0, page.limit)
  return {
    items: part.map((row) => ({
      id: row.external_id,
      name: customerName(row),
      birthdate: row.birthdate,
      email: row.email,
      phone: row.phone,
      memberSince: row.joined_at,
      state: row.state,
    })),
    next: found.length > page.limit ? String(part.at(-1)?.customer_id) : null,
  }
}

function readCursor(cursor: string | undefined): number {
  if (cursor === undefined) return 0
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor)
  const message = 'Not a cursor: take the “next” of the page before'
  throw new Problem('invalid', message, [{ path: '/query/cursor', message }])
}
