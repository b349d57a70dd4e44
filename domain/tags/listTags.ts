import { type Database, rows } from '../database.ts'

/** A tag with how many customers have it. */
export type KnownTag = { tag: string; customers: number }

/**
 * The tags that there are, the commonest first.
 *
 * @param text only those that hold it, whatever the case
 */
export function listTags(
  db: Database,
  { text, limit }: { text?: string | undefined; limit: number },
): Promise<KnownTag[]> {
  const sought = text?.trim().replace(/[!%_]/g, '!$&') ?? ''
  return rows<KnownTag>(
    db,
    `SELECT x.tag, COUNT(*) AS customers FROM customer_tags x
     ${sought === '' ? '' : "WHERE x.tag LIKE ? ESCAPE '!'"} GROUP BY x.tag ORDER BY customers DESC, x.tag LIMIT ?`,
    sought === '' ? [limit] : [`%${sought}%`, limit],
  )
}
