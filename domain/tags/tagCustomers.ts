import { hearTags } from '../automations/hearTags.ts'
import type { Sql } from '../customers/sql.ts'
import { type Database, execute, rows } from '../database.ts'
import { remember } from '../history/remember.ts'
import { transact } from '../retry.ts'
import { countPicked, pickedSql, unknownAmong, type Whom } from './whom.ts'

/** What is put on and taken off; a tag in both lists is put on. */
export type Change = { add: readonly string[]; remove: readonly string[] }

export type Tagged = {
  /** How many customers were meant, and for how many of them something changed. */
  customers: number
  changed: number
  /** Ids that name nobody. */
  unknown: string[]
  /** What the act is taken back by; null when it changed nothing, or was only tried. */
  tagging: number | null
}

/**
 * Adds and removes tags of many customers, set-based and in one transaction. Those for whom something changed are looked
 * at by the next refresh of segments. Doing it twice changes nothing the second time.
 *
 * @param by who did it
 * @param dryRun only says what it would change
 * @throws Problem 'invalid' when nobody is meant, more than a million are, or a filter is wrong
 */
export async function tagCustomers(
  db: Database,
  whom: Whom,
  { add, remove }: Change,
  { by, dryRun = false }: { by: string | null; dryRun?: boolean },
  now: Date,
): Promise<Tagged> {
  const picked = await pickedSql(db, whom)
  const customers = await countPicked(db, picked, whom)
  const unknown = 'customers' in whom ? await unknownAmong(db, whom.customers) : []
  const change = { add, remove }
  if (dryRun) return { customers, changed: await countChanging(db, picked, change), unknown, tagging: null }
  const tagging = await transact(db, async (trx) => {
    const id = await begin(trx, by, now)
    // in this order: who is picked by a tag is still picked when another one is put on
    await putOn(trx, id, picked, add, now)
    await takeOff(trx, id, picked, change, now)
    await hearTags(trx, id, now)
    return { id, changed: await markChanged(trx, id, now) }
  })
  await forgetOld(db, now)
  return { customers, changed: tagging.changed, unknown, tagging: tagging.changed > 0 ? tagging.id : null }
}

/** Tags as a table `t`; those that the database takes for the same stand in it once. */
const tagTable = (tags: readonly string[]): Sql => ({
  sql: `(${tags.map(() => 'SELECT ? AS tag').join(' UNION ')}) t`,
  bindings: [...tags],
})

async function countChanging(db: Database, picked: Sql, { add, remove }: Change): Promise<number> {
  const changes: Sql[] = []
  if (add.length > 0) {
    const { sql, bindings } = tagTable(add)
    const lacks = `LEFT JOIN customer_tags x ON x.customer_id = w.customer_id AND x.tag = t.tag WHERE x.tag IS NULL`
    changes.push({ sql: `EXISTS (SELECT 1 FROM ${sql} ${lacks})`, bindings })
  }
  if (remove.length > 0) {
    const { sql, bindings } = removedTags({ add, remove })
    changes.push({
      sql: `EXISTS (SELECT 1 FROM customer_tags x WHERE x.customer_id = w.customer_id AND ${sql})`,
      bindings,
    })
  }
  if (changes.length === 0) return 0
  const [row] = await rows<{ count: number }>(
    db,
    `SELECT COUNT(*) AS count FROM (${picked.sql}) w WHERE ${changes.map(({ sql }) => sql).join(' OR ')}`,
    [...picked.bindings, ...changes.flatMap(({ bindings }) => bindings)],
  )
  return row?.count ?? 0
}

/** The tags `x` that come off. What is put on stays, also where only the database takes the two for the same. */
function removedTags({ add, remove }: Change): Sql {
  const among = (tags: readonly string[]) => `x.tag IN (${tags.map(() => '?').join(', ')})`
  if (add.length === 0) return { sql: among(remove), bindings: [...remove] }
  return { sql: `${among(remove)} AND NOT ${among(add)}`, bindings: [...remove, ...add] }
}

async function begin(trx: Database, by: string | null, now: Date): Promise<number> {
  const [id = 0] = await trx('taggings').insert({ tagged_by: by?.slice(0, 320) ?? null, tagged_at: now })
  return id
}

async function takeOff(trx: Database, id: number, picked: Sql, change: Change, now: Date): Promise<void> {
  if (change.remove.length === 0) return
  const { sql, bindings } = removedTags(change)
  await execute(
    trx,
    `INSERT INTO tagging_removals (tagging_id, customer_id, tag)
     SELECT ?, x.customer_id, x.tag FROM (${picked.sql}) w
     JOIN customer_tags x ON x.customer_id = w.customer_id WHERE ${sql} FOR UPDATE`,
    [id, ...picked.bindings, ...bindings],
  )
  const removed = `EXISTS (SELECT 1 FROM tagging_removals g
    WHERE g.tagging_id = ? AND g.customer_id = x.customer_id AND g.tag = x.tag)`
  await remember(trx, 'customer_tags', { sql: removed, bindings: [id] }, now)
  await execute(
    trx,
    `DELETE x FROM customer_tags x
     JOIN tagging_removals g ON g.tagging_id = ? AND g.customer_id = x.customer_id AND g.tag = x.tag`,
    [id],
  )
}

/** What somebody has already stays whose it is: taking this act back leaves it. */
async function putOn(trx: Database, id: number, picked: Sql, tags: readonly string[], now: Date): Promise<void> {
  if (tags.length === 0) return
  const { sql, bindings } = tagTable(tags)
  await execute(
    trx,
    `INSERT INTO customer_tags (customer_id, tag, created_at, tagging_id)
     SELECT w.customer_id, t.tag, ?, ? FROM (${picked.sql}) w CROSS JOIN ${sql} WHERE TRUE
     ON DUPLICATE KEY UPDATE customer_tags.tagging_id = customer_tags.tagging_id`,
    [now, id, ...picked.bindings, ...bindings],
  )
}

/** Those for whom an act changed something are looked at again. Returns how many they are. */
export async function markChanged(trx: Database, id: number, now: Date): Promise<number> {
  return execute(
    trx,
    `INSERT INTO dirty_relationships (provider_id, customer_id, cause, marked_at)
     SELECT 0, w.customer_id, 'event', ? FROM (
       SELECT customer_id FROM customer_tags WHERE tagging_id = ?
       UNION SELECT customer_id FROM tagging_removals WHERE tagging_id = ?) w`,
    [now, id, id],
  )
}

/** How long an act can be taken back, in days. */
const KEPT_DAYS = 7

/** What was done before this instant can't be taken back any more. */
export const forgottenBefore = (now: Date): Date => new Date(now.getTime() - KEPT_DAYS * 86_400_000)

async function forgetOld(db: Database, now: Date): Promise<void> {
  await execute(db, 'DELETE FROM taggings WHERE tagged_at < ? ORDER BY tagged_at LIMIT 20', [forgottenBefore(now)])
}
