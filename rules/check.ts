import type { z } from 'zod'
import type { Fact, Kind } from './fact.ts'
import { FACTS } from './facts/index.ts'
import { described, didYouMean, found, shown, unknownName } from './mistakes.ts'
import { nearest } from './nearest.ts'
import { isAll, isAny, isCondition, isNot, MAX_CONDITIONS, MAX_DEPTH, MAX_NODES, type Path, type Rule } from './rule.ts'

/**
 * Where a rule is wrong (a JSON Pointer into it) and what is allowed there. `part` is `name` where not what stands at the
 * path is wrong, but that something stands there under this name.
 */
type RuleMistake = { path: Path; message: string; part?: 'name' }

export type Checked = { rule: Rule; mistakes?: undefined } | { rule?: undefined; mistakes: RuleMistake[] }

/** More would tell nobody anything. */
const MAX_MISTAKES = 50

/** What has been found so far in the rule that is being checked. */
type Findings = { mistakes: RuleMistake[]; conditions: number; nodes: number }

/**
 * Reads a rule from JSON that somebody wrote.
 *
 * @returns the rule, or every mistake (up to 50) with its path, what is allowed there, and the name that was probably meant
 */
export function checkRule(json: unknown): Checked {
  const findings: Findings = { mistakes: [], conditions: 0, nodes: 0 }
  checkNode(json, '', 1, findings)
  if (findings.nodes > MAX_NODES) {
    findings.mistakes.unshift({
      path: '',
      message: `The rule has more than ${MAX_NODES} parts. At most ${MAX_NODES} are allowed.`,
    })
  }
  if (findings.conditions > MAX_CONDITIONS) {
    findings.mistakes.unshift({
      path: '',
      message: `The rule has more than ${MAX_CONDITIONS} conditions. At most ${MAX_CONDITIONS} are allowed.`,
    })
  }
  return findings.mistakes.length === 0
    ? { rule: canonical(json as Rule) }
    : { mistakes: findings.mistakes.slice(0, MAX_MISTAKES) }
}

/** YAML and JSON have a word for yes and no of their own: it is the operator of the same name. */
const operatorName = (is: unknown, { operators }: Fact): unknown =>
  typeof is === 'boolean' && Object.hasOwn(operators, String(is)) ? String(is) : is

/** The rule as it is stored: every operator by its name. */
function canonical(rule: Rule): Rule {
  if (isAll(rule)) return { all: rule.all.map(canonical) }
  if (isAny(rule)) return { any: rule.any.map(canonical) }
  if (isNot(rule)) return { not: canonical(rule.not) }
  return isCondition(rule) && typeof rule.is !== 'string' ? { ...rule, is: String(rule.is) } : rule
}

const NODE_SHAPE = 'one of {"all": […]}, {"any": […]}, {"not": …} and {"fact": …, "is": …}'

function checkNode(node: unknown, path: Path, depth: number, findings: Findings): void {
  const { mistakes } = findings
  findings.nodes += 1
  if (mistakes.length >= MAX_MISTAKES || findings.conditions > MAX_CONDITIONS || findings.nodes > MAX_NODES) return
  if (depth > MAX_DEPTH) {
    mistakes.push({ path, message: `This is deeper than ${MAX_DEPTH} levels. At most ${MAX_DEPTH} are allowed.` })
    return
  }
  if (!isObject(node)) {
    mistakes.push({ path, message: `This is ${described(node)}. Allowed is ${NODE_SHAPE}.` })
    return
  }
  const keys = Object.keys(node)
  const kinds = ['all', 'any', 'not', 'fact'].filter((kind) => keys.includes(kind))
  const kind = kinds[0]
  if (kind === undefined) {
    const meant = keys.map((key) => nearest(key, ['all', 'any', 'not', 'fact'])).find((name) => name !== undefined)
    mistakes.push({ path, message: `Allowed is ${NODE_SHAPE}.${didYouMean(meant)}` })
  } else if (kinds.length > 1) {
    mistakes.push({ path, message: `“${kinds.join('” and “')}” do not go together. Allowed is ${NODE_SHAPE}.` })
  } else if (kind === 'fact') {
    checkCondition(node, path, findings)
  } else {
    for (const key of keys) {
      if (key !== kind) {
        const message = `“${shown(key)}” is not allowed beside “${kind}”.`
        mistakes.push({ path: pointer(path, key), message, part: 'name' })
      }
    }
    checkParts(kind, node[kind], `${path}/${kind}`, depth, findings)
  }
}

function checkParts(kind: string, parts: unknown, path: Path, depth: number, findings: Findings): void {
  if (kind === 'not') {
    checkNode(parts, path, depth + 1, findings)
  } else if (!Array.isArray(parts)) {
    findings.mistakes.push({ path, message: `This is ${described(parts)}. Allowed is a list of rules.` })
  } else {
    for (const [index, part] of parts.entries()) checkNode(part, `${path}/${index}`, depth + 1, findings)
  }
}

function checkCondition(node: Record<string, unknown>, path: Path, findings: Findings): void {
  findings.conditions += 1
  const { mistakes } = findings
  const name = node.fact
  const fact = typeof name === 'string' && Object.hasOwn(FACTS, name) ? FACTS[name] : undefined
  if (fact === undefined) {
    const names = Object.keys(FACTS)
    mistakes.push({ path: `${path}/fact`, message: unknownName('fact', name, names) })
    return
  }
  for (const key of Object.keys(node)) {
    if (key === 'fact' || key === 'is' || key === 'value') continue
    const parameter = Object.hasOwn(fact.parameters, key) ? fact.parameters[key] : undefined
    if (parameter === undefined) {
      const names = Object.keys(fact.parameters)
      const message = unknownName('parameter', key, names, String(name))
      mistakes.push({ path: pointer(path, key), message, part: 'name' })
    } else {
      checkKind(node[key], parameter.kind, pointer(path, key), findings)
    }
  }
  for (const [key, { kind, required }] of Object.entries(fact.parameters)) {
    if (required && node[key] === undefined) checkKind(undefined, kind, pointer(path, key), findings)
  }
  checkOperator(node, fact, String(name), path, findings)
}

function checkOperator(node: Record<string, unknown>, fact: Fact, name: string, path: Path, findings: Findings): void {
  const { mistakes } = findings
  const is = operatorName(node.is, fact)
  const operator = typeof is === 'string' && Object.hasOwn(fact.operators, is) ? fact.operators[is] : undefined
  if (operator === undefined) {
    mistakes.push({ path: `${path}/is`, message: unknownName('operator', is, Object.keys(fact.operators), name) })
  } else if (operator.value === null) {
    if (node.value !== undefined) mistakes.push({ path: `${path}/value`, message: `“${is}” takes no value.` })
  } else {
    checkKind(node.value, operator.value, `${path}/value`, findings)
  }
}

function checkKind(value: unknown, kind: Kind, path: Path, findings: Findings): void {
  const result = kind.schema.safeParse(value)
  if (result.success) return
  const way = wayTo(value, result.error.issues)
  const meant = kind.choices === undefined ? nearestMember(result.error.issues, kind) : nearestOf(value, kind.choices)
  findings.mistakes.push({
    path: way.reduce<Path>((at, key) => pointer(at, String(key)), path),
    message: `${found(path, partAt(value, way))}. Allowed is ${kind.allowed}.${didYouMean(meant)}`,
  })
}

/** The way to the part of a value that is wrong; to the value itself where that is not one part of it. */
function wayTo(value: unknown, issues: readonly z.core.$ZodIssue[]): readonly PropertyKey[] {
  // of a choice between shapes the one counts that has the part which is there
  const tried = issues.flatMap((issue) => (issue.code === 'invalid_union' ? issue.errors.flat() : [issue]))
  return tried.find(({ path }) => path.length > 0 && partAt(value, path) !== undefined)?.path ?? []
}

function partAt(value: unknown, way: readonly PropertyKey[]): unknown {
  return way.reduce<unknown>((part, key) => (isContainer(part) ? part[String(key)] : undefined), value)
}

const isContainer = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** The choice that the first wrong entry of a list probably meant. */
function nearestOf(value: unknown, choices: readonly string[]): string | undefined {
  const wrong = [value].flat().find((entry) => typeof entry === 'string' && !choices.includes(entry))
  return typeof wrong === 'string' ? nearest(wrong, choices) : undefined
}

/** The member (a unit, mostly) that somebody probably meant by a name that is none; what is allowed names them all. */
function nearestMember(issues: readonly z.core.$ZodIssue[], { allowed }: Kind): string | undefined {
  const unknown = flattened(issues).flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : []))
  const names = [...new Set([...allowed.matchAll(/"(\w+)":/g)].flatMap(([, name]) => name ?? []))]
  const wrong = unknown.find((key) => !names.includes(key))
  return wrong === undefined ? undefined : nearest(wrong, names)
}

/** Issues with those of the shapes that were tried in their place. */
function flattened(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue[] {
  return issues.flatMap((issue) => (issue.code === 'invalid_union' ? flattened(issue.errors.flat()) : [issue]))
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A JSON Pointer to a member; `~` and `/` in names are escaped as RFC 6901 says. */
const pointer = (path: Path, key: string): Path => `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
