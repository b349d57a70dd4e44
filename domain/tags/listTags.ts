import { type Database, rows } from '../database.ts'
import { escapeLike } from '../escapeLike.ts'

/** A tag with how many customers have it, and the colour that somebody has given it. */
export type KnownTag = { tag: string; customers: number; colour: string | null }

/**
 * The tags that there are, the commonest first.
 *
 * @param own only those of customers of this provider, counted among them; null for all
 * @param text only those that hold it, whatever the case
 */
export function listTags(
  db: Database,
  { text, limit, own = null }: { text?: string | undefined; limit: number; own?: number | null },
): Promise<KnownTag[]> {
  const sought = escapeLike(text?.trim() ?? '')
  return rows<KnownTag>(
    db,
    `SELECT w.tag, w.customers, g.colour FROM (
     SELECT x.tag, COUNT(*) AS customers FROM customer_tags x
     WHERE TRUE ${sought === '' ? '' : "AND x.tag LIKE ? ESCAPE '!'"} ${own === null ? '' : OWN} GROUP BY x.tag ORDER BY customers DESC, x.tag LIMIT ?) w
     LEFT JOIN tags g ON g.tag = w.tag ORDER BY w.customers DESC, w.tag`,
    [...(sought === '' ? [] : [`%${sought}%`]), ...(own === null ? [] : [own]), limit],
  )
}

const OWN = 'AND EXISTS (SELECT 1 FROM relationships r WHERE r.customer_id = x.customer_id AND r.provider_id = ?)'
