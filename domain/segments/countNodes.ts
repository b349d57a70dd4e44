import type { Evaluation } from '../../rules/compile.ts'
import {
  type Condition,
  childrenOf,
  isAll,
  isCondition,
  isNot,
  nodesOf,
  type Path,
  type Rule,
} from '../../rules/rule.ts'
import { joined, plain, sql } from '../../rules/sql.ts'
import { type Database, rows } from '../database.ts'

/** How many arrive at a node, and of those how many it holds for and not. */
export type NodeCount = { path: Path; in: number; yes: number; no: number }

/** How many conditions one number of the database says exactly, a bit for each. */
const BITS = 50

/**
 * Counts at every node of a rule, in the order of `nodesOf`: under `all` a node sees those whom the earlier ones let
 * through, under `any` and `not` all who arrive there.
 *
 * The database counts how many customers there are of each kind: those of whom the same conditions hold. There are few
 * kinds, so the nodes are counted here, and each condition is evaluated once for each customer.
 *
 * @param parts the rule compiled for parts of the customers, which are counted at the same time
 * @param share what part of all customers they are; the counts are those of all, estimated from it
 */
export async function countNodes(
  db: Database,
  rule: Rule,
  parts: readonly Evaluation[],
  share = 1,
): Promise<NodeCount[]> {
  const [evaluation] = parts
  if (evaluation === undefined) throw new Error('Nobody to count')
  const nodes = nodesOf(rule)
  const positions = [
    ...new Set(nodes.flatMap((node) => (isCondition(node.rule) ? [evaluation.position(node.rule)] : []))),
  ]
  const numbers = Array.from({ length: Math.ceil(positions.length / BITS) }, (_, number) => {
    const bits = positions.slice(number * BITS, (number + 1) * BITS)
    return sql`${joined(
      bits.map((position, bit) => plain(`e.c${position} * ${2 ** bit}`)),
      ' + ',
    )} AS ${plain(`b${number}`)}`
  })
  const names = numbers.map((_, number) => plain(`b${number}`))
  const kindsOf = ({ select }: Evaluation) => {
    const statement = sql`
      SELECT ${joined([...numbers, plain('COUNT(*) AS customers')], ', ')} FROM (${select}) e WHERE e.known
      ${names.length === 0 ? plain('') : sql`GROUP BY ${joined(names, ', ')}`}`
    return rows<Record<string, number>>(db, statement.text, statement.values)
  }
  const kinds = (await Promise.all(parts.map(kindsOf))).flat()

  const arrived = new Map(nodes.map(({ path }) => [path, 0]))
  const passed = new Map(arrived)
  for (const kind of kinds) {
    const customers = Number(kind.customers)
    const holds = (condition: Condition) => {
      const at = positions.indexOf(evaluation.position(condition))
      return Math.floor(Number(kind[`b${Math.floor(at / BITS)}`]) / 2 ** (at % BITS)) % 2 === 1
    }
    fall(rule, '', true, holds, (path, arrives, passes) => {
      if (arrives) arrived.set(path, (arrived.get(path) ?? 0) + customers)
      if (passes) passed.set(path, (passed.get(path) ?? 0) + customers)
    })
  }
  return nodes.map(({ path }) => {
    const all = Math.round((arrived.get(path) ?? 0) / share)
    const yes = Math.round((passed.get(path) ?? 0) / share)
    return { path, in: all, yes, no: all - yes }
  })
}

/**
 * Lets customers of one kind fall through a rule.
 *
 * @param arrives whether they arrive at this node
 * @param note told for each node whether they arrive there, and pass
 * @returns whether the node holds for them, wherever they are
 */
function fall(
  rule: Rule,
  path: Path,
  arrives: boolean,
  holds: (condition: Condition) => boolean,
  note: (path: Path, arrives: boolean, passes: boolean) => void,
): boolean {
  let through = arrives
  const parts = childrenOf(rule, path).map((child) => {
    const yes = fall(child.rule, child.path, through, holds, note)
    if (isAll(rule)) through = through && yes
    return yes
  })
  const yes = isCondition(rule)
    ? holds(rule)
    : isNot(rule)
      ? !parts[0]
      : isAll(rule)
        ? !parts.includes(false)
        : parts.includes(true)
  note(path, arrives, arrives && yes)
  return yes
}
