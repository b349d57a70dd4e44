import { type Database, fromJson, rows } from '../database.ts'
import type { IngestedCustomer, Placed } from '../ingest/items.ts'
import { MERGED_FIELDS, type Refused } from './fields.ts'

/** What is known of identifiers before their items are looked at; those of which there is nothing to say are left out. */
export type Standing = {
  /** Those who were erased. */
  erased: ReadonlySet<string>
  /** Those who went into somebody, with the identifier of the one who stayed. */
  into: ReadonlyMap<string, string>
  /** Of those who took somebody in: values that were decided against. */
  refused: ReadonlyMap<string, readonly Refused[]>
}

/** Who of some customers was erased, went into somebody, or took somebody in. */
export async function standingOf(trx: Database, ids: readonly string[]): Promise<Standing> {
  const erased = new Set<string>()
  const into = new Map<string, string>()
  const refused = new Map<string, Refused[]>()
  if (ids.length === 0) return { erased, into, refused }
  const found = await rows<{ id: string; isErased: number; stays: string | null; stays_erased: number | null }>(
    trx,
    `SELECT c.external_id AS id, c.erased_at IS NOT NULL AS isErased, y.external_id AS stays,
       y.erased_at IS NOT NULL AS stays_erased
     FROM customers c LEFT JOIN customers y ON y.id = c.merged_into
     WHERE c.external_id IN (?) AND (c.erased_at IS NOT NULL OR c.merged_into IS NOT NULL)`,
    [[...new Set(ids)]],
  )
  for (const { id, isErased, stays, stays_erased } of found) {
    if (isErased === 1 || stays_erased === 1) erased.add(id)
    else if (stays !== null) into.set(id, stays)
  }
  const kept = await rows<{ id: string; refused: string | null }>(
    trx,
    `SELECT c.external_id AS id, m.refused FROM customers c JOIN customer_merges m ON m.customer_id = c.id
     WHERE c.external_id IN (?) AND m.refused IS NOT NULL`,
    [[...new Set([...ids, ...into.values()])]],
  )
  for (const { id, refused: json } of kept) {
    refused.set(id, [...(refused.get(id) ?? []), fromJson<Refused>(json) ?? {}])
  }
  return { erased, into, refused }
}

/**
 * The items of customers as they are taken in: a source that knows nothing of a merge goes on sending both. Of one who went
 * only what they withdraw counts, for the one who stayed: the profile was decided about. Of one who took somebody in, what was
 * decided against is left out; what is new is taken.
 */
export function heedMerges(
  items: readonly Placed<IngestedCustomer>[],
  { into, refused }: Standing,
): Placed<IngestedCustomer>[] {
  if (into.size === 0 && refused.size === 0) return [...items]
  return items.flatMap(({ index, item }) => {
    const stays = into.get(item.id)
    if (stays === undefined) {
      return [{ index, item: (refused.get(item.id) ?? []).reduce(withoutRefused, item) }]
    }
    const withdrawn = Object.entries(item.consents ?? {}).filter(([, given]) => given === false)
    if (withdrawn.length === 0 || item.deleted === true) return []
    return [{ index, item: { id: stays, consents: Object.fromEntries(withdrawn) } }]
  })
}

function withoutRefused(item: IngestedCustomer, refused: Refused): IngestedCustomer {
  const left = { ...item }
  for (const field of MERGED_FIELDS) {
    if (refused[field] !== undefined && isSame(field, left[field], refused[field])) left[field] = undefined
  }
  const attributes = Object.entries(left.attributes ?? {})
  const kept = attributes.filter(([name, value]) => value === null || refused.attributes?.[name] !== value)
  if (kept.length < attributes.length) left.attributes = Object.fromEntries(kept)
  return left
}

const isSame = (field: string, given: string | null | undefined, refused: string): boolean =>
  given === refused ||
  (field === 'joined_at' && typeof given === 'string' && new Date(given).getTime() === new Date(refused).getTime())
