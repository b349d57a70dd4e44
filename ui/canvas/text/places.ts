import { ruleAt } from '../../../rules/commands.ts'
import { isAny, isCondition, isNot, nodesOf, type Path, type Rule } from '../../../rules/rule.ts'
import type { PlacedRule } from '../../../rules/yaml.ts'
import { idOf } from '../layout/block.ts'

type Place = { readonly line: number; readonly column: number }

/** The offset of a place in a text; of its end for one beyond it. */
export function offsetAt(text: string, { line, column }: Place): number {
  let start = 0
  for (let at = 1; at < line; at++) {
    const next = text.indexOf('\n', start)
    if (next === -1) return text.length
    start = next + 1
  }
  return Math.min(start + column - 1, text.length)
}

/** The innermost part of a rule that begins at or before an offset of its text: the one that the caret stands in. */
export function partAt({ rule, placeOf }: PlacedRule, text: string, offset: number): Path {
  let found: Path = ''
  // in reading order: the last one that has begun
  for (const { path } of nodesOf(rule)) {
    if (offsetAt(text, placeOf(path)) > offset) break
    found = path
  }
  return found
}

/** The card that stands for a part of a rule, as both other views name it; null for a group that has none of its own. */
export function cardFor(rule: Rule, path: Path): string | null {
  const node = ruleAt(rule, path)
  if (node === undefined) return null
  if (isCondition(node)) return idOf('condition', path.replace(/\/not$/, ''))
  if (isNot(node)) return isCondition(node.not) ? idOf('condition', path) : idOf('enter', path)
  return isAny(node) ? idOf('fork', path) : null
}
