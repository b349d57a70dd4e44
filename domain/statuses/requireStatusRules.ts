import { asksFor } from '../../rules/asksFor.ts'
import { isCondition, MAX_CONDITIONS, nodesOf, type Rule } from '../../rules/rule.ts'
import { segmentsIn } from '../../rules/segmentsIn.ts'
import type { Database } from '../database.ts'
import { type Mistake, Problem } from '../errors.ts'
import { allSegments, requireRule, statusAskerBehind } from '../segments/requireRule.ts'
import type { StatusRule, StatusRules } from './standardRules.ts'

/** Rules as they came: the parts of each were checked, the rule itself was not. */
export type SentRules = Omit<StatusRules, 'rules'> & {
  rules: readonly (Omit<StatusRule, 'rule'> & { rule: unknown })[]
}

/**
 * Status rules that somebody sent.
 *
 * @throws Problem 'invalid' with every mistake: a wrong rule, an id that is there twice, a rule that leads nowhere, one
 *   that asks for what it decides, and more conditions in all than one statement evaluates
 */
export async function requireStatusRules(db: Database, { enabled, rules: sent }: SentRules): Promise<StatusRules> {
  const mistakes: Mistake[] = []
  const rules: StatusRule[] = []
  for (const [index, { rule: json, ...rest }] of sent.entries()) {
    const at = `/rules/${index}`
    if (rest.from === rest.to) mistakes.push({ path: `${at}/to`, message: `Allowed is another status than “from”` })
    if (sent.findIndex(({ id }) => id === rest.id) < index) {
      mistakes.push({ path: `${at}/id`, message: `There is a rule “${rest.id}” already. Allowed are ids that differ.` })
    }
    try {
      const rule = await requireRule(db, json)
      mistakes.push(...(await circlesIn(db, rule, at)))
      rules.push({ ...rest, rule })
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'invalid') throw error
      mistakes.push(...error.mistakes.map((mistake) => ({ ...mistake, path: `${at}${mistake.path}` })))
    }
  }
  const conditions = rules.flatMap(({ rule }) => nodesOf(rule).filter((node) => isCondition(node.rule))).length
  if (conditions > MAX_CONDITIONS) {
    const message = `Allowed are at most ${MAX_CONDITIONS} conditions in all rules together, these are ${conditions}`
    mistakes.push({ path: '/rules', message })
  }
  if (mistakes.length > 0) {
    const more = mistakes.length > 1 ? ` (and ${mistakes.length - 1} more)` : ''
    throw new Problem('invalid', `${mistakes[0]?.path}: ${mistakes[0]?.message}${more}`, mistakes)
  }
  return { enabled, rules }
}

/** Where a rule asks for the status, itself or by way of a segment. */
async function circlesIn(db: Database, rule: Rule, at: string): Promise<Mistake[]> {
  const own = asksFor(rule, 'status').map((path) => ({
    path: `${at}/rule${path}`,
    message:
      'A status rule cannot ask for the status, which it decides: “from” says for whom it holds. Allowed is every other fact.',
  }))
  const asked = segmentsIn(rule)
  if (asked.length === 0) return own
  const segments = await allSegments(db)
  const through = asked.flatMap(({ key, path }): Mistake[] => {
    const asker = statusAskerBehind(segments, key)
    if (asker === undefined) return []
    const name = segments.get(key)?.name ?? key
    const way =
      asker.name === name
        ? `“${name}” asks for the status`
        : `“${name}” asks for “${asker.name}”, which asks for the status`
    return [
      {
        path: `${at}/rule${path}/value`,
        message: `A status rule cannot ask for what depends on the status: ${way}. Allowed are segments that do not.`,
      },
    ]
  })
  return [...own, ...through]
}
