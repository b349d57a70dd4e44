import { customerName, NAME_COLUMNS, type Named } from '../customers/name.ts'
import { type Database, rows } from '../database.ts'
import { readSettings } from '../settings/readSettings.ts'
import type { Audience } from './criteria.ts'
import { LEFT_OUT_REASONS, type LeftOutReason } from './leftOut.ts'
import { type Held, verdictsSql } from './verdicts.ts'

/** How many of those left out for a reason are named. */
const NAMED = 20

type LeftOut = { reason: LeftOutReason; count: number; customers: { id: string; name: string }[] }

/** `requested` = `recipients` + the counts of `leftOut`, always. */
export type Preflight = { requested: number; recipients: number; leftOut: LeftOut[] }

type Row = { reason: LeftOutReason | null; total: number; external_id: string; customer_id: number | null }

/** Who of an audience would get a mail now, who not and why. All numbers come from one statement. Changes nothing. */
export async function preflight(db: Database, audience: Audience, held?: Held): Promise<Preflight> {
  const { mailUnknownConsent } = await readSettings(db)
  const verdicts = verdictsSql(audience, mailUnknownConsent, held)
  const found = await rows<Row>(
    db,
    `SELECT n.reason, n.total, n.external_id, n.customer_id FROM (
       SELECT w.reason, w.external_id, w.customer_id, COUNT(*) OVER (PARTITION BY w.reason) AS total,
         ROW_NUMBER() OVER (PARTITION BY w.reason ORDER BY w.customer_id, w.external_id) AS place
       FROM (${verdicts.sql}) w
     ) n WHERE n.place <= IF(n.reason IS NULL, 1, ?) ORDER BY n.place`,
    [...verdicts.bindings, NAMED],
  )
  const recipients = found.find(({ reason }) => reason === null)?.total ?? 0
  const names = await readNames(db, found)
  const leftOut = LEFT_OUT_REASONS.map((reason) => {
    const those = found.filter((row) => row.reason === reason)
    const customers = those.map(({ external_id: id }) => ({ id, name: names.get(id) ?? id }))
    return { reason, count: those[0]?.total ?? 0, customers }
  }).filter(({ count }) => count > 0)
  return { recipients, leftOut, requested: recipients + leftOut.reduce((sum, { count }) => sum + count, 0) }
}

async function readNames(db: Database, found: readonly Row[]): Promise<Map<string, string>> {
  // of whom the audience knows nobody, no name is looked up either: they may be somebody else's
  const named = found.filter((row) => row.reason !== null && row.customer_id !== null)
  const ids = named.map((row) => row.external_id)
  if (ids.length === 0) return new Map()
  const marks = ids.map(() => '?').join(', ')
  const sql = `SELECT ${NAME_COLUMNS} FROM customers c WHERE c.known = 1 AND c.external_id IN (${marks})`
  return new Map((await rows<Named>(db, sql, ids)).map((row) => [row.external_id, customerName(row)]))
}
