import { type Database, rows } from '../database.ts'
import type { MappedRow, Mapping } from './moveVersions.ts'
import type { Automation } from './readAutomations.ts'

/** Who stands where in earlier versions than the newest one, with what a mapping would make of them. */
export async function countMoves(
  db: Database,
  { id, version }: Pick<Automation, 'id' | 'version'>,
  mapping: readonly Mapping[],
): Promise<MappedRow[]> {
  const found = await rows<{ version: number; step: string; customers: number }>(
    db,
    `SELECT e.version, e.step, COUNT(*) AS customers FROM enrolments e
     WHERE e.automation_id = ? AND e.state = 'active' AND e.version < ? AND e.step IS NOT NULL
     GROUP BY e.version, e.step ORDER BY e.version DESC, customers DESC`,
    [id, version],
  )
  return found.map((row) => {
    const named = mapping.find((one) => one.version === row.version && one.step === row.step)
    return { ...row, to: named?.to ?? 'stay' }
  })
}
