import { leave } from '../automations/leave.ts'
import { type Database, execute, rows } from '../database.ts'
import type { Side } from './fields.ts'
import type { Whose } from './pair.ts'

/** An automation in which both are: who entered first goes on, the other's way ends. Our own ids. */
export type DoubleEnrolment = { automation: string; name: string; provider: string | null; ends: number; goesOn: Side }

/** What a way that ends by a merge says. */
export const MERGED = 'merged'

type Row = {
  id: number
  automation_id: number
  provider_id: number
  customer_id: number
  key: string
  name: string
  provider: string | null
}

/** Automations in which both are now, with the same provider, and in which nobody may be twice at once. */
export async function planEnrolments(db: Database, { stays, goes }: Whose): Promise<DoubleEnrolment[]> {
  const found = await rows<Row>(
    db,
    `SELECT e.id, e.automation_id, e.provider_id, e.customer_id, a.\`key\`, a.name,
       COALESCE(p.name, p.external_id) AS provider
     FROM enrolments e JOIN automations a ON a.id = e.automation_id LEFT JOIN providers p ON p.id = e.provider_id
     WHERE e.customer_id IN (?) AND e.state = 'active' AND e.inside IS NOT NULL ORDER BY e.entered_at, e.id`,
    [[stays.id, goes.id]],
  )
  return found.flatMap((row, at) => {
    const first = found.findIndex(
      (one) => one.automation_id === row.automation_id && one.provider_id === row.provider_id,
    )
    if (first === at) return []
    const goesOn: Side = found[first]?.customer_id === stays.id ? 'stays' : 'goes'
    return [{ automation: row.key, name: row.name, provider: row.provider, ends: row.id, goesOn }]
  })
}

/** Ends the ways that are double; all others go on as those of the one who stays, each at its own step. */
export async function mergeEnrolments(
  trx: Database,
  { stays, goes }: Whose,
  doubles: readonly DoubleEnrolment[],
  now: Date,
): Promise<void> {
  const ending = doubles.map(({ ends }) => ends).sort((a, b) => a - b)
  await leave(trx, ending, { state: 'exited', reason: MERGED }, now)
  await execute(trx, 'UPDATE enrolments SET customer_id = ? WHERE customer_id = ?', [stays.id, goes.id])
}
