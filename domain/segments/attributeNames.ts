import { type Database, rows } from '../database.ts'

const MOST = 200
const OWN = 'AND EXISTS (SELECT 1 FROM relationships r WHERE r.customer_id = c.id AND r.provider_id = ?)'

/**
 * The names of all attributes that any customer has, in their order; of very many the first.
 *
 * @param own only those that customers of this provider have; null for all
 */
export async function attributeNames(db: Database, own: number | null): Promise<string[]> {
  const found = await rows<{ name: string }>(
    db,
    `SELECT DISTINCT k.name FROM customers c
     JOIN JSON_TABLE(JSON_KEYS(c.attributes), '$[*]' COLUMNS (name VARCHAR(64) PATH '$')) k ON TRUE
     WHERE c.attributes IS NOT NULL ${own === null ? '' : OWN} LIMIT ${MOST}`,
    own === null ? [] : [own],
  )
  return found.map(({ name }) => name).sort()
}
