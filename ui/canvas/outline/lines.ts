import { childrenOf, isAll, isAny, isCondition, isNot, type Path, type Rule } from '../../../rules/rule.ts'
import { pathOf } from '../layout/block.ts'

/** Where a line stands in the outline; the first level is 1, as is the first position. */
type Place = { readonly level: number; readonly position: number; readonly size: number; readonly parent: Path | null }

/** A node of the rule as a line: a condition or group, together with the `not` that inverts it. */
export type NodeLine = Place & {
  readonly kind: 'condition' | 'group'
  readonly path: Path
  readonly rule: Rule
  /** What the line says, without the `not` around it. Of a `not` in a `not` the outer one is a group of its own. */
  readonly inner: Rule
  readonly inverted: boolean
  /** Whether what is in it is shown; a condition has nothing in it. */
  readonly open: boolean
}

/** The last line of an open group: adds to it. `path` is that of the `all` or `any`. */
export type AddLine = Place & {
  readonly kind: 'add'
  readonly path: Path
  readonly group: Rule
  readonly index: number
}

export type OutlineLine = NodeLine | AddLine

/**
 * The lines of a rule from top to bottom, those of folded groups left out.
 * @param folded the paths of folded groups
 */
export function treeLines(rule: Rule, folded: ReadonlySet<Path>): OutlineLine[] {
  return linesOf(rule, '', { level: 1, position: 1, size: 1, parent: null }, folded)
}

function linesOf(rule: Rule, path: Path, place: Place, folded: ReadonlySet<Path>): OutlineLine[] {
  const merged = isNot(rule) && !isNot(rule.not)
  const inner = merged ? rule.not : rule
  const kind = isCondition(inner) ? 'condition' : 'group'
  const open = kind === 'group' && !folded.has(path)
  const line: NodeLine = { ...place, kind, path, rule, inner, inverted: merged, open }
  if (!open) return [line]
  const innerPath = merged ? `${path}/not` : path
  const parts = childrenOf(inner, innerPath)
  const extensible = isAll(inner) || isAny(inner)
  const size = parts.length + (extensible ? 1 : 0)
  const placeOf = (index: number): Place => ({ level: place.level + 1, position: index + 1, size, parent: path })
  return [
    line,
    ...parts.flatMap((part, index) => linesOf(part.rule, part.path, placeOf(index), folded)),
    ...(extensible
      ? [{ ...placeOf(parts.length), kind: 'add' as const, path: innerPath, group: inner, index: parts.length }]
      : []),
  ]
}

/**
 * The id by which a line is pointed at and selected: that of its card on the canvas where it has one, so that both views
 * have the same thing selected.
 */
export function cardOf(line: OutlineLine): string {
  if (line.kind === 'add') return `add:${line.path}`
  return `${cardKind(line)}:${line.path}`
}

function cardKind({ kind, rule, path, open }: NodeLine): string {
  if (kind === 'condition') return 'condition'
  if (!open) return 'folded'
  if (isNot(rule)) return 'enter'
  if (childrenOf(rule).length === 0) return 'empty'
  if (isAny(rule)) return 'fork'
  return path === '' ? 'start' : 'group'
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
