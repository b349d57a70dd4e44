import { checkRule } from '../../rules/check.ts'
import type { Rule } from '../../rules/rule.ts'
import { Problem } from '../errors.ts'

/**
 * A rule that somebody sent.
 *
 * @throws Problem 'invalid' with every mistake; paths begin with `/rule`, where it stands in the request
 */
export function requireRule(json: unknown): Rule {
  const { rule, mistakes } = checkRule(json)
  if (mistakes === undefined) return rule
  const listed = mistakes.map(({ path, message }) => ({ path: `/rule${path}`, message }))
  const more = listed.length > 1 ? ` (and ${listed.length - 1} more)` : ''
  throw new Problem('invalid', `${listed[0]?.path}: ${listed[0]?.message}${more}`, listed)
}
