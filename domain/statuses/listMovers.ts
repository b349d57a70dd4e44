import { plain, sql } from '../../rules/sql.ts'
import { customerName, NAME_COLUMNS, type Named } from '../customers/name.ts'
import { type Database, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { momentAt } from '../segments/moment.ts'
import { readSurroundings } from '../segments/surroundings.ts'
import { decisionSql } from './decisionSql.ts'
import { requireStatusRules, type SentRules } from './requireStatusRules.ts'
import { STATUSES, type Status } from './status.ts'
import { activeRules } from './versions.ts'

/** How many ids the first look spans; each further one spans ten times as many. */
const FIRST_LOOK = 2_000

/**
 * The customers whom a preview counts as going from one status to another, in the order of our own ids.
 *
 * @throws Problem 'invalid' for wrong rules, or a cursor that is none of ours
 */
export async function listMovers(
  db: Database,
  { from, to, anew, ...sent }: SentRules & { from: Status; to: Status; anew: boolean },
  { limit, cursor }: { limit: number; cursor?: string | undefined },
  now: Date,
): Promise<{ items: { id: string; name: string }[]; next: string | null }> {
  const checked = await requireStatusRules(db, sent)
  const rules = { ...checked, rules: activeRules(checked) }
  const after = readCursor(cursor)
  const moment = await momentAt(db, now)
  const surroundings = { ...(await readSurroundings(db)), takenIn: new Set<string>() }
  const [last] = await rows<{ id: number | null }>(db, 'SELECT MAX(id) AS id FROM customers')
  const found: (Named & { id: number })[] = []
  for (let start = after + 1, span = FIRST_LOOK; found.length <= limit && start <= (last?.id ?? 0); span *= 10) {
    const population = { kind: 'range', from: start, to: start + span - 1 } as const
    const decided = decisionSql(rules, { ...surroundings, ...moment, population })
    const statement = sql`
      SELECT c.id, ${plain(NAME_COLUMNS)} FROM (${decided}) w JOIN customers c ON c.id = w.customer_id
      WHERE NOT w.by_hand AND w.status = ${from} AND ${plain(anew ? 'w.anew' : 'w.decided')} = ${STATUSES.indexOf(to)}
      ORDER BY c.id LIMIT ${limit + 1 - found.length}`
    found.push(...(await rows<(typeof found)[number]>(db, statement.text, statement.values)))
    start += span
  }
  const part = found.slice(0, limit)
  const next = found.length > limit ? String(part.at(-1)?.id) : null
  return { items: part.map((row) => ({ id: row.external_id, name: customerName(row) })), next }
}

function readCursor(cursor: string | undefined): number {
  if (cursor === undefined) return 0
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor)
  const message = 'Not a cursor: take the “next” of the page before'
  throw new Problem('invalid', message, [{ path: '/cursor', message }])
}
