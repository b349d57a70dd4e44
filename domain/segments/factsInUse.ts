import { isCondition, nodesOf, type Rule } from '../../rules/rule.ts'
import { type Database, execute, rows } from '../database.ts'

/** Facts that change so often that it is only marked once some rule asks for them; each has its row in `facts_in_use`. */
const OFTEN = ['delivery', 'reward'] as const

/**
 * Notes what rules ask for that are going to be computed, in the transaction after which their evaluation begins.
 * It waits for those who have seen that nobody asks and have not committed their change yet: the evaluation will see it.
 */
export async function noteFactsInUse(trx: Database, rules: readonly Rule[]): Promise<void> {
  const asked = OFTEN.filter((fact) =>
    rules.some((rule) => nodesOf(rule).some((node) => isCondition(node.rule) && node.rule.fact === fact)),
  )
  if (asked.length === 0) return
  await execute(trx, 'UPDATE facts_in_use SET in_use = TRUE WHERE fact IN (?)', [asked])
}

/** Whether rules ask for a fact; where they don't, that none begins to until the transaction ends. */
export async function isInUse(trx: Database, fact: (typeof OFTEN)[number]): Promise<boolean> {
  const [row] = await rows<{ in_use: number }>(
    trx,
    'SELECT in_use FROM facts_in_use WHERE fact = ? LOCK IN SHARE MODE',
    [fact],
  )
  return row?.in_use === 1
}
