import type { Automation as Definition } from '../../../rules/automations/automation.ts'
import { type Database, fromJson, rows } from '../../database.ts'
import { Problem } from '../../errors.ts'
import { add, countStates, emptyNumbers, type Numbers } from '../numbers/readNumbers.ts'
import { readAutomation } from '../readAutomations.ts'

export type Version = {
  version: number
  createdAt: Date
  createdBy: string | null
  note: string
  /** The earlier version whose definition it took up again. */
  restoredFrom: number | null
  definition: Definition
  /** Of those whose way is on it. */
  numbers: Numbers
}

type Row = {
  version: number
  created_at: Date
  created_by: string | null
  note: string
  restored_from: number | null
  definition: string
}

/**
 * The versions of an automation, newest first.
 *
 * @param before only those earlier than this one
 * @param providerId ours: only their customers are counted
 * @throws Problem 'not_found'
 */
export async function listVersions(
  db: Database,
  key: string,
  { limit, before, providerId }: { limit: number; before: number | null; providerId?: number | undefined },
): Promise<{ items: Version[]; next: number | null }> {
  const { id } = await readAutomation(db, key)
  const found = await rows<Row>(
    db,
    `SELECT version, created_at, created_by, note, restored_from, definition FROM automation_versions
     WHERE automation_id = ? AND version < ? ORDER BY version DESC LIMIT ?`,
    [id, before ?? 4_294_967_295, limit + 1],
  )
  const part = found.slice(0, limit)
  const numbers = new Map(part.map(({ version }) => [version, emptyNumbers()]))
  for (const row of await countStates(db, [id], providerId)) add(numbers.get(row.version), row)
  return {
    items: part.map((row) => ({
      version: row.version,
      createdAt: row.created_at,
      createdBy: row.created_by,
      note: row.note,
      restoredFrom: row.restored_from,
      definition: fromJson<Definition>(row.definition) as Definition,
      numbers: numbers.get(row.version) ?? emptyNumbers(),
    })),
    next: found.length > limit ? (part.at(-1)?.version ?? null) : null,
  }
}

/** One version, counted as {@link listVersions} does. @throws Problem 'not_found' */
export async function readVersion(
  db: Database,
  key: string,
  version: number,
  providerId: number | undefined,
): Promise<Version> {
  const { items } = await listVersions(db, key, { limit: 1, before: version + 1, providerId })
  const [found] = items
  if (found?.version === version) return found
  throw new Problem('not_found', `“${key}” has no version ${version}.`)
}
