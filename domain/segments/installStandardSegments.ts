import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkRule } from '../../rules/check.ts'
import type { Rule, Scope } from '../../rules/rule.ts'
import { type Database, execute, rows } from '../database.ts'
import { recomputeSegments } from './recomputeSegment.ts'

/** A segment that ships with the product, as its file in `standard/` says it; the file's name is its key. */
export type StandardSegment = { key: string; name: string; note: string; scope: Scope; rule: Rule }

const FOLDER = join(import.meta.dirname, 'standard')

/** The segments that ship with the product. Throws when a file is wrong. */
export function standardSegments(): StandardSegment[] {
  return ORDER.map((key) => {
    const json = JSON.parse(readFileSync(join(FOLDER, `${key}.json`), 'utf8')) as Omit<StandardSegment, 'key'>
    const { rule, mistakes } = checkRule(json.rule)
    if (mistakes !== undefined) throw new Error(`${key}.json: ${JSON.stringify(mistakes)}`)
    return { key, name: json.name, note: json.note, scope: json.scope, rule }
  })
}

/** In the order of the overview; files that are not named here come last. */
const ORDER = [
  ...new Set([
    'new-leads',
    'new-customers',
    'active-customers',
    'active-members',
    'terminating-members',
    'slipping-away',
    'loyalty-new',
    'loyalty-top',
    'loyalty-inactive',
    'loyalty-loyal',
    'loyalty-favourites',
    ...readdirSync(FOLDER).map((file) => file.replace(/\.json$/, '')),
  ]),
]

/**
 * Makes the standard segments that are not there yet and computes those that never were. Segments that exist stay as
 * they are, whatever an admin made of them. Safe to call at every start, by several processes.
 */
export async function installStandardSegments(db: Database, now: Date): Promise<void> {
  const segments = standardSegments()
  await db.transaction(async (trx) => {
    for (const { key, name, note, scope, rule } of segments) {
      const made = await execute(
        trx,
        `INSERT IGNORE INTO segments (\`key\`, name, note, scope, rule, version, recalculation, created_at, updated_at)
         VALUES (?, ?, ?, ?, ?, 1, '{"mode":"live"}', ?, ?)`,
        [key, name, note, scope, JSON.stringify(rule), now, now],
      )
      if (made === 0) continue
      await execute(
        trx,
        `INSERT INTO segment_versions (segment_id, version, rule, created_at)
         SELECT id, version, rule, created_at FROM segments WHERE \`key\` = ?`,
        [key],
      )
    }
  })
  const waiting = await rows<{ key: string }>(
    db,
    'SELECT `key` FROM segments WHERE computed_version IS NULL AND `key` IN (?)',
    [segments.map(({ key }) => key)],
  )
  await recomputeSegments(
    db,
    waiting.map(({ key }) => key),
    now,
  )
}
