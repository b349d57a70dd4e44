import { sql } from '../../rules/sql.ts'
import { type Database, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { firstCaught, type Place } from './firstCaught.ts'
import { type RuleRequest, readRequest } from './previewRule.ts'
import { ruleNodes } from './ruleNodes.ts'

/** Who at a node: those who arrive, those who pass, those who are turned aside. */
export type Side = 'in' | 'yes' | 'no'

export type CustomerAt = { id: string; name: string; provider: { id: string; name: string } | null }

/**
 * The customers whom a preview counts at a node of a rule, in the order of their arrival in the product.
 *
 * @param at the node by its pointer, and which side of it
 * @throws Problem 'invalid' for a wrong rule, a pointer that is not in it, or a cursor that is none of ours
 */
export async function customersAt(
  db: Database,
  request: RuleRequest,
  at: { path: string; side: Side },
  page: { limit: number; cursor?: string | undefined },
  now: Date,
): Promise<{ items: CustomerAt[]; next: string | null }> {
  const after = readPlace(page.cursor)
  const { rule, compile } = await readRequest(db, request, now)
  const found = await firstCaught(
    db,
    (range) => compile({ kind: 'range', ...range }),
    (evaluation) => {
      const node = ruleNodes(rule, evaluation).find(({ path }) => path === at.path)
      if (node === undefined) throw wrong('/path', 'Allowed is the pointer to a node of the rule')
      if (at.side === 'in') return node.arrives
      return at.side === 'yes' ? node.passes : sql`(${node.arrives} AND NOT ${node.passes})`
    },
    page.limit + 1,
    after,
  )
  const part = found.slice(0, page.limit)
  const last = part.at(-1)?.place
  const names = await providerNames(db, [...new Set(part.map(({ place }) => place.provider))])
  return {
    items: part.map(({ id, name, place }) => ({ id, name, provider: names.get(place.provider) ?? null })),
    next: found.length > page.limit && last !== undefined ? `${last.customer}.${last.provider}` : null,
  }
}

function readPlace(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined
  const [, customer, provider] = /^(\d{1,15})\.(\d{1,15})$/.exec(cursor) ?? []
  if (customer === undefined || provider === undefined) {
    throw wrong('/cursor', 'Not a cursor: take the “next” of the page before')
  }
  return { customer: Number(customer), provider: Number(provider) }
}

const wrong = (path: string, message: string) => new Problem('invalid', message, [{ path, message }])

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
