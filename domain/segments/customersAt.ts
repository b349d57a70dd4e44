import { sql } from '../../rules/sql.ts'
import type { Database } from '../database.ts'
import { Problem } from '../errors.ts'
import { caughtPage, type Listed, readPlace } from './caughtPage.ts'
import { firstCaught } from './firstCaught.ts'
import { type RuleRequest, readRequest } from './previewRule.ts'
import { ruleNodes } from './ruleNodes.ts'

/** Who at a node: those who arrive, those who pass, those who are turned aside. */
export type Side = 'in' | 'yes' | 'no'

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
): Promise<{ items: Listed[]; next: string | null }> {
  const after = readPlace(page.cursor)
  const { rule, compile } = await readRequest(db, request, now)
  const found = await firstCaught(
    db,
    (range) => compile({ kind: 'range', ...range }),
    (evaluation) => {
      const node = ruleNodes(rule, evaluation).find(({ path }) => path === at.path)
      if (node === undefined) {
        const message = 'Allowed is the pointer to a node of the rule'
        throw new Problem('invalid', message, [{ path: '/path', message }])
      }
      if (at.side === 'in') return node.arrives
      return at.side === 'yes' ? node.passes : sql`(${node.arrives} AND NOT ${node.passes})`
    },
    page.limit + 1,
    after,
  )
  return caughtPage(db, found, page.limit)
}
