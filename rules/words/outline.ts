import { childrenOf, isAll, isAny, isNot, type Path, type Rule } from '../rule.ts'
import { clauseWords } from './conditionWords.ts'
import { fill, textOf } from './fill.ts'
import type { WordOptions } from './messages.ts'

/** A line of an outline. The first one has depth 0; `path` is the node that it says, with the `not` around it. */
export type OutlineLine = { readonly depth: number; readonly text: string; readonly path: Path }

/**
 * A rule as an outline: its groups as lines that end with a colon, what is in them one deeper. Read from the top it is
 * the sentence “Customers who …”, with the same words for each condition.
 */
export function outlineOf(rule: Rule, words: WordOptions): OutlineLine[] {
  const said = (key: string): string => textOf(fill(words.messages[key] ?? '', {}))
  if (isAll(rule) && rule.all.length === 0) return [{ depth: 0, text: said('sentence.everyone'), path: '' }]
  if (isAny(rule) && rule.any.length === 0) return [{ depth: 0, text: said('sentence.no_one'), path: '' }]
  const [first, ...rest] = linesOf(rule, '', 0, said, words)
  if (first === undefined) return []
  const end = rest.length === 0 ? said('sentence.end') : ''
  return [{ ...first, text: `${said('sentence.who')}${first.text}${end}` }, ...rest]
}

function linesOf(
  rule: Rule,
  path: Path,
  depth: number,
  said: (key: string) => string,
  words: WordOptions,
): OutlineLine[] {
  let inner = rule
  let innerPath = path
  let negated = false
  while (isNot(inner)) {
    inner = inner.not
    innerPath += '/not'
    negated = !negated
  }
  if (!isAll(inner) && !isAny(inner)) return [{ depth, text: textOf(clauseWords(inner, negated, words)), path }]
  const parts = childrenOf(inner, innerPath)
  if (parts.length === 0) {
    const everybody = isAll(inner) !== negated
    return [{ depth, text: said(everybody ? 'sentence.anybody' : 'sentence.nobody'), path }]
  }
  const heading = said(`outline.${negated ? 'not.' : ''}${isAll(inner) ? 'all' : 'any'}`)
  return [
    { depth, text: heading, path },
    ...parts.flatMap((part) => linesOf(part.rule, part.path, depth + 1, said, words)),
  ]
}
