import { type Database, rows } from '../database.ts'

const CHUNK = 5_000

/** Identifiers are ASCII: other text would not compare. */
const POSSIBLE = /^[\x21-\x7e]{1,64}$/

/** Those of some identifiers whose customers went into others, each with the identifier of the one who stayed. */
export async function mergedAmong(db: Database, ids: readonly string[]): Promise<Map<string, string>> {
  const into = new Map<string, string>()
  const asked = ids.filter((id) => POSSIBLE.test(id))
  if (asked.length > 100) {
    const any = await rows(db, 'SELECT 1 FROM customers WHERE merged_into > 0 LIMIT 1')
    if (any.length === 0) return into
  }
  for (let start = 0; start < asked.length; start += CHUNK) {
    const found = await rows<{ went: string; stays: string }>(
      db,
      `SELECT c.external_id AS went, y.external_id AS stays FROM customers c JOIN customers y ON y.id = c.merged_into
       WHERE c.external_id IN (?)`,
      [asked.slice(start, start + CHUNK)],
    )
    for (const { went, stays } of found) into.set(went, stays)
  }
  return into
}

/** Our ids of a customer and of all who went into them: what stays attributed to those is theirs, too. */
export async function withMerged(db: Database, customer: number): Promise<number[]> {
  const found = await rows<{ id: number }>(db, 'SELECT id FROM customers WHERE merged_into = ? ORDER BY id', [customer])
  return [customer, ...found.map(({ id }) => id)]
}
