import type { Rule } from '../../../rules/rule.ts'

/**
 * Whether something is made as a rule is, so that it can be drawn, whatever mistakes its conditions have. A draft that
 * came in by the API need not be.
 */
export function isDrawable(json: unknown): json is Rule {
  if (typeof json !== 'object' || json === null) return false
  if ('all' in json) return Array.isArray(json.all) && json.all.every(isDrawable)
  if ('any' in json) return Array.isArray(json.any) && json.any.every(isDrawable)
  if ('not' in json) return isDrawable(json.not)
  return 'fact' in json && typeof json.fact === 'string'
}
