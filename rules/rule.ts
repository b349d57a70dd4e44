/**
 * The rule language: one canonical tree, stored as it stands here and nothing else. Canvas, outline and sentence are
 * views of it.
 */

/** An empty `all` is everyone, an empty `any` no one. */
export type Rule = All | Any | Not | Condition
export type All = { readonly all: readonly Rule[] }
export type Any = { readonly any: readonly Rule[] }
export type Not = { readonly not: Rule }

/** `fact` names a file of `facts/`; which parameters, operators and values it takes, that file says. */
export type Condition = {
  readonly fact: string
  readonly is: string
  readonly value?: unknown
  readonly [parameter: string]: unknown
}

/** Evaluated once for the whole business, or once for each provider over that provider's own customers. */
export type Scope = 'business' | 'provider'

/** A JSON Pointer (RFC 6901) into a rule: '' is the rule itself, `/all/0/not` the rule inverted in its first part. */
export type Path = string

export const MAX_DEPTH = 20
export const MAX_CONDITIONS = 200
/** Groups included, which may be empty. */
export const MAX_NODES = 500

export const isAll = (rule: Rule): rule is All => 'all' in rule
export const isAny = (rule: Rule): rule is Any => 'any' in rule
export const isNot = (rule: Rule): rule is Not => 'not' in rule
export const isCondition = (rule: Rule): rule is Condition => 'fact' in rule

/** The direct parts of a rule with the pointers to them, in order; none for a condition. */
export function childrenOf(rule: Rule, path: Path = ''): Array<{ rule: Rule; path: Path }> {
  if (isAll(rule)) return rule.all.map((child, index) => ({ rule: child, path: `${path}/all/${index}` }))
  if (isAny(rule)) return rule.any.map((child, index) => ({ rule: child, path: `${path}/any/${index}` }))
  if (isNot(rule)) return [{ rule: rule.not, path: `${path}/not` }]
  return []
}

/** Every node of a rule with its pointer, parents before their parts, in reading order. */
export function nodesOf(rule: Rule, path: Path = ''): Array<{ rule: Rule; path: Path }> {
  return [{ rule, path }, ...childrenOf(rule, path).flatMap((child) => nodesOf(child.rule, child.path))]
}
