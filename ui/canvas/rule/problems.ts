import { ruleAt } from '../../../rules/commands.ts'
import { pathsOf } from '../../../rules/edits/tree.ts'
import { type Condition, isCondition, isNot, nodesOf, type Path, type Rule } from '../../../rules/rule.ts'
import { ProblemError } from '../../client/problem.ts'

type Mistake = { readonly path: Path; readonly message: string }

/**
 * Puts each mistake on the card that it belongs to: the one with the longest path that the mistake's begins with
 * (`/all/0/value/days` belongs to `/all/0`).
 * @param cards the paths of the cards; mistakes that belong to none come under the path ''
 */
export function problemsByCard(mistakes: readonly Mistake[], cards: readonly Path[]): Map<Path, string[]> {
  const found = new Map<Path, string[]>()
  for (const { path, message } of mistakes) {
    const owners = cards.filter((card) => path === card || path.startsWith(`${card}/`))
    const owner = owners.reduce((longest, card) => (card.length > longest.length ? card : longest), '')
    found.set(owner, [...(found.get(owner) ?? []), message])
  }
  return found
}

/** The paths that have a card: an inverted condition is one card with its `not`. */
const cardPaths = (rule: Rule): Path[] =>
  nodesOf(rule).flatMap((node) => {
    if (isNot(node.rule)) return [node.path]
    const inverted = node.path.endsWith('/not') && isCondition(node.rule)
    return inverted ? [] : [node.path]
  })

/** What a refused request says about the rule in it, by card; nothing when it failed for another reason. */
export function problemsOf(error: unknown, rule: Rule): Map<Path, string[]> {
  if (!(error instanceof ProblemError) || error.code !== 'invalid') return new Map()
  const mistakes = error.mistakes.map(({ path, message }) => ({
    path: path.replace(/^(\/body)?\/rule(?=\/|$)/, ''),
    message,
  }))
  return problemsByCard(mistakes.length > 0 ? mistakes : [{ path: '', message: error.detail }], cardPaths(rule))
}

/**
 * What was said of an earlier rule, where it belongs now: on the node that it was said of, wherever that stands, or what
 * stands in its place; what is gone has no mistakes.
 */
export function carriedOver(
  problems: ReadonlyMap<Path, readonly string[]>,
  before: Rule,
  now: Rule,
): ReadonlyMap<Path, readonly string[]> {
  if (before === now) return problems
  const carried = [...problems].flatMap(([path, messages]): Array<[Path, readonly string[]]> => {
    const node = ruleAt(before, path)
    const found = node === undefined ? [] : pathsOf(now, new Set([node]))
    const to = found.includes(path) || (found.length === 0 && ruleAt(now, path) !== undefined) ? path : found[0]
    return to === undefined ? [] : [[to, messages]]
  })
  return new Map(carried)
}

/** Problems with what `say` knows of a condition in place of what the server said of it. */
export function inWords(
  problems: ReadonlyMap<Path, readonly string[]>,
  rule: Rule,
  say: (condition: Condition) => string[],
): ReadonlyMap<Path, readonly string[]> {
  const said = [...problems].map(([path, messages]): [Path, readonly string[]] => {
    const node = ruleAt(rule, path)
    const inner = node && isNot(node) ? node.not : node
    const own = inner && isCondition(inner) ? say(inner) : []
    return [path, own.length > 0 ? own : messages]
  })
  return new Map(said)
}
