import { type Database, rows } from '../database.ts'

/** The tags of some customers by numeric id, each list sorted; customers without tags are left out. */
export async function tagsOf(db: Database, customerIds: readonly number[]): Promise<Map<number, string[]>> {
  const tags = new Map<number, string[]>()
  if (customerIds.length === 0) return tags
  const found = await rows<{ customer_id: number; tag: string }>(
    db,
    'SELECT customer_id, tag FROM customer_tags WHERE customer_id IN (?) ORDER BY tag',
    [[...customerIds]],
  )
  for (const { customer_id, tag } of found) tags.set(customer_id, [...(tags.get(customer_id) ?? []), tag])
  return tags
}
