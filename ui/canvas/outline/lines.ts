import type { Place } from '../../../rules/commands.ts'
import { childrenOf, isAll, isAny, isCondition, isNot, type Path, type Rule } from '../../../rules/rule.ts'
import { pathOf } from '../layout/block.ts'

/** Where a line stands in the outline; the first level is 1, as is the first position. */
type Standing = {
  readonly level: number
  readonly position: number
  readonly size: number
  readonly parent: Path | null
}

/** A node of the rule as a line: a condition or group, together with the `not` that inverts it. */
export type NodeLine = Standing & {
  readonly kind: 'condition' | 'group'
  readonly path: Path
  readonly rule: Rule
  /** What the line says, without the `not` around it. Of a `not` in a `not` the outer one is a group of its own. */
  readonly inner: Rule
  readonly inverted: boolean
  /** Whether what is in it is shown; a condition has nothing in it. */
  readonly open: boolean
}

/** The last line of an open group: adds to it. */
export type AddLine = Standing & {
  readonly kind: 'add'
  /** That of the group's `all` or `any`. */
  readonly path: Path
  readonly group: Rule
  readonly place: Place
}

export type OutlineLine = NodeLine | AddLine

/**
 * The lines of a rule from top to bottom, those of folded groups left out. A rule that is no group has a line that adds
 * beside it, so that it becomes one.
 * @param folded the paths of folded groups
 */
export function treeLines(rule: Rule, folded: ReadonlySet<Path>): OutlineLine[] {
  const extensible = isGroup(isNot(rule) ? rule.not : rule)
  const size = extensible ? 1 : 2
  const lines = linesOf(rule, '', { level: 1, position: 1, size, parent: null }, folded)
  if (extensible) return lines
  const place: Place = { at: 'after', path: '' }
  return [...lines, { kind: 'add', path: '', group: { all: [rule] }, place, level: 1, position: 2, size, parent: null }]
}

const isGroup = (rule: Rule): boolean => isAll(rule) || isAny(rule)

function linesOf(rule: Rule, path: Path, standing: Standing, folded: ReadonlySet<Path>): OutlineLine[] {
  const inverted = isNot(rule) && !isNot(rule.not)
  const inner = inverted ? rule.not : rule
  const innerPath = inverted ? `${path}/not` : path
  const kind = isCondition(inner) ? 'condition' : 'group'
  const open = kind === 'group' && !folded.has(path)
  const line: NodeLine = { ...standing, kind, path, rule, inner, inverted, open }
  if (!open) return [line]
  const parts = childrenOf(inner, innerPath)
  const size = parts.length + (isGroup(inner) ? 1 : 0)
  const at = (index: number): Standing => ({ level: standing.level + 1, position: index + 1, size, parent: path })
  const within = parts.flatMap((part, index) => linesOf(part.rule, part.path, at(index), folded))
  if (!isGroup(inner)) return [line, ...within]
  const place: Place = { at: 'in', path: innerPath, index: parts.length }
  return [line, ...within, { ...at(parts.length), kind: 'add', path: innerPath, group: inner, place }]
}

/** Where a line stands among others: the one of the same node, or that adds to the same group. */
export const indexOf = (lines: readonly OutlineLine[], { kind, path }: OutlineLine): number =>
  lines.findIndex((line) => line.path === path && (line.kind === 'add') === (kind === 'add'))

/** Whether two lines show the same at the same place. */
export const isSameLine = (a: NodeLine, b: NodeLine): boolean =>
  (Object.keys(a) as (keyof NodeLine)[]).every((key) => a[key] === b[key])

/**
 * The id by which a line is pointed at and selected: that of its card on the canvas where it has one, so that both views
 * have the same thing selected.
 */
export function cardOf(line: OutlineLine): string {
  if (line.kind === 'add') return `add:${line.path}`
  return `${cardKind(line)}:${line.path}`
}

function cardKind({ kind, rule, open }: NodeLine): string {
  if (kind === 'condition') return 'condition'
  if (!open) return 'folded'
  if (isNot(rule)) return 'enter'
  if (childrenOf(rule).length === 0) return 'empty'
  return isAny(rule) ? 'fork' : 'group'
}

/** The line of a card of either view; that of the nearest node around it when it has none. */
export function lineOf(lines: readonly OutlineLine[], card: string): OutlineLine | undefined {
  return lines.find((line) => cardOf(line) === card) ?? lineAt(lines, pathOf(card))
}

/** The line of a node, or of the nearest one around it that has a line: what is folded stands for what is in it. */
export function lineAt(lines: readonly OutlineLine[], path: Path): NodeLine | undefined {
  let found: NodeLine | undefined
  for (const line of lines) {
    if (line.kind === 'add') continue
    const around = path === line.path || path.startsWith(`${line.path}/`)
    if (around && line.path.length >= (found?.path.length ?? 0)) found = line
  }
  return found
}
