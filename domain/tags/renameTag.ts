import { renameTagIn } from '../../rules/tagsNamed.ts'
import { type Database, execute, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { transact } from '../retry.ts'
import { lockUpkeep } from '../segments/lockUpkeep.ts'
import { PLACES, type Place, parsed, type Use, usesOf } from './usesOf.ts'

export type Renamed = {
  /** How many customers have it, and how many of them have the other one already. */
  customers: number
  both: number
  /** Whether the other name is a tag already: then the two become one, which nothing takes apart again. */
  merges: boolean
  /** What names it, and names it by the other name from then on. */
  uses: Use[]
}

/**
 * Gives a tag another name, everywhere at once: with customers, in rules, automations, views and campaigns that are planned.
 * It stays the same tag, so nobody enters or leaves anything by it, and nothing starts. With a name that is a tag already the
 * two become one: who had either is looked at again, and what that changes is no news either.
 *
 * @param dryRun only says what it would change
 * @throws Problem 'not_found' when nobody has it and nothing names it
 */
export async function renameTag(
  db: Database,
  { tag, to, dryRun = false }: { tag: string; to: string; dryRun?: boolean },
  now: Date,
): Promise<Renamed> {
  const renamed = await whatItChanges(db, tag, to)
  if (renamed.customers === 0 && renamed.uses.length === 0) {
    throw new Problem('not_found', `Nobody has the tag “${tag}”, and nothing names it.`)
  }
  if (dryRun || tag === to) return renamed
  await transact(db, async (trx) => {
    // no refresh reads customers under the one name and rules under the other
    await lockUpkeep(trx)
    const isOneWord = await areOneWord(trx, tag, to)
    for (const table of TABLES) await renameRows(trx, table, tag, to, isOneWord)
    await renameRows(trx, 'tags', tag, to, isOneWord)
    await execute(trx, "UPDATE automation_listeners SET about = ? WHERE happening = 'tag_added' AND about = ?", [
      to,
      tag,
    ])
    for (const place of PLACES) await renameIn(trx, place, tag, to)
    if (renamed.merges) await lookAgain(trx, to, now)
  })
  return renamed
}

/** Where the tags of customers stand, and stood. */
const TABLES = ['customer_tags', 'customer_tags_history', 'tagging_removals'] as const

async function whatItChanges(db: Database, tag: string, to: string): Promise<Renamed> {
  const isOneWord = await areOneWord(db, tag, to)
  const [row] = await rows<{ customers: number; others: number; both: number }>(
    db,
    `SELECT (SELECT COUNT(*) FROM customer_tags WHERE tag = ?) AS customers,
       (SELECT COUNT(*) FROM customer_tags WHERE tag = ?) AS others,
       (SELECT COUNT(*) FROM customer_tags a JOIN customer_tags b ON b.customer_id = a.customer_id AND b.tag = ?
        WHERE a.tag = ?) AS \`both\``,
    [tag, to, to, tag],
  )
  const { customers = 0, others = 0, both = 0 } = row ?? {}
  const uses = await usesOf(db, tag)
  const merges = !isOneWord && (others > 0 || (await usesOf(db, to)).length > 0)
  return { customers, both: merges ? both : 0, merges, uses }
}

/** Whether the database takes the two for the same word: only the letters change then. */
async function areOneWord(db: Database, tag: string, to: string): Promise<boolean> {
  const collated = 'CONVERT(? USING utf8mb4) COLLATE utf8mb4_unicode_520_ci'
  const [row] = await rows<{ same: number }>(db, `SELECT ${collated} = ${collated} AS same`, [tag, to])
  return row?.same === 1
}

async function renameRows(trx: Database, table: string, tag: string, to: string, isOneWord: boolean): Promise<void> {
  // who has both keeps the one, as it came about
  await execute(trx, `UPDATE IGNORE ${table} SET tag = ? WHERE tag = ?`, [to, tag])
  if (!isOneWord) await execute(trx, `DELETE FROM ${table} WHERE tag = ?`, [tag])
}

async function renameIn(trx: Database, place: Place, tag: string, to: string): Promise<void> {
  const { table, column, key, revision, where = 'TRUE' } = place
  const found = await rows<Record<string, string | number>>(
    trx,
    `SELECT ${key.map((name) => `x.${name}`).join(', ')}, x.${column} AS json FROM ${table} x
     WHERE (${where}) AND x.${column} LIKE '%"tag"%' FOR UPDATE`,
  )
  for (const row of found) {
    const before = JSON.stringify(parsed(row.json))
    const after = JSON.stringify(renameTagIn(parsed(row.json), tag, to))
    if (after === before) continue
    await execute(
      trx,
      `UPDATE ${table} SET ${column} = ? ${revision ? ', revision = revision + 1' : ''}
       WHERE ${key.map((name) => `${name} = ?`).join(' AND ')}`,
      [after, ...key.map((name) => row[name] ?? 0)],
    )
  }
}

/** Everybody for whom a rule that names either may say something else now. */
async function lookAgain(trx: Database, tag: string, now: Date): Promise<void> {
  await execute(
    trx,
    `INSERT INTO dirty_relationships (provider_id, customer_id, cause, marked_at)
     SELECT 0, customer_id, 'historical', ? FROM customer_tags WHERE tag = ?`,
    [now, tag],
  )
}
