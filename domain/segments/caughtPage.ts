import { type Database, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import type { Caught, Place } from './firstCaught.ts'

/** A customer of a list; in scope provider with the provider for whom the rule was evaluated. */
export type Listed = { id: string; name: string; provider: { id: string; name: string } | null }

/**
 * Where a list has come to.
 *
 * @param cursor the `next` of the part before
 * @throws Problem 'invalid' for a cursor that is none of ours
 */
export function readPlace(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined
  const [, customer, provider] = /^(\d{1,15})\.(\d{1,15})$/.exec(cursor) ?? []
  if (customer === undefined || provider === undefined) {
    const message = 'Not a cursor: take the “next” of the page before'
    throw new Problem('invalid', message, [{ path: '/cursor', message }])
  }
  return { customer: Number(customer), provider: Number(provider) }
}

/**
 * A part of a list.
 *
 * @param found one more than the part has, where there are more
 */
export async function caughtPage(
  db: Database,
  found: readonly Caught[],
  limit: number,
): Promise<{ items: Listed[]; next: string | null }> {
  const part = found.slice(0, limit)
  const last = part.at(-1)?.place
  const names = await providerNames(db, [...new Set(part.map(({ place }) => place.provider))])
  return {
    items: part.map(({ id, name, place }) => ({ id, name, provider: names.get(place.provider) ?? null })),
    next: found.length > limit && last !== undefined ? `${last.customer}.${last.provider}` : null,
  }
}

async function providerNames(db: Database, ids: readonly number[]): Promise<Map<number, { id: string; name: string }>> {
  const known = ids.filter((id) => id !== 0)
  if (known.length === 0) return new Map()
  const found = await rows<{ id: number; external_id: string; name: string | null }>(
    db,
    'SELECT id, external_id, name FROM providers WHERE id IN (?)',
    [known],
  )
  return new Map(found.map((row) => [row.id, { id: row.external_id, name: row.name ?? row.external_id }]))
}
