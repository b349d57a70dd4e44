import { type Place, ruleAt } from '../../../rules/commands.ts'
import { childrenOf, isNot, type Path, type Rule } from '../../../rules/rule.ts'
import { type FocusState, selectedCards } from '../flow/focus.ts'
import { kindOfId, pathOf } from '../layout/block.ts'

/** Cards that stand for no part of the rule: the ends, and “add” in the outline. */
const NO_NODE = new Set(['start', 'result', 'add'])

/** The node of the rule that a card of either view stands for. */
export const nodeOfCard = (id: string): Path | undefined => (NO_NODE.has(kindOfId(id)) ? undefined : pathOf(id))

/** The nodes that are selected; each once, though a group has several signs. */
export const selectedNodes = (state: FocusState): Path[] => [
  ...new Set(selectedCards(state).flatMap((id) => nodeOfCard(id) ?? [])),
]

/** The place right below a card, as the flow runs; at a fork another way, at an empty group the first part of it. */
export function placeBelow(rule: Rule, id: string): Place {
  const path = pathOf(id)
  switch (kindOfId(id)) {
    case 'start':
      return { at: 'before', path: '' }
    case 'result':
      return { at: 'after', path: '' }
    case 'fork':
    case 'add':
      return lastIn(rule, path)
    case 'empty':
    case 'group':
      return { at: 'in', path: inside(rule, path), index: 0 }
    case 'enter':
      return { at: 'before', path: inside(rule, path) }
    case 'aside':
      return { at: 'after', path: inside(rule, path) }
    default:
      return { at: 'after', path }
  }
}

/** The place right above a card. */
export function placeAbove(rule: Rule, id: string): Place {
  const kind = kindOfId(id)
  if (kind === 'start' || kind === 'result' || kind === 'aside' || kind === 'add') return placeBelow(rule, id)
  return kind === 'join' ? lastIn(rule, pathOf(id)) : { at: 'before', path: pathOf(id) }
}

const lastIn = (rule: Rule, path: Path): Place => ({
  at: 'in',
  path: inside(rule, path),
  index: childrenOf(ruleAt(rule, inside(rule, path)) ?? rule).length,
})

/** What an inverted group inverts, else the node itself. */
const inside = (rule: Rule, path: Path): Path => {
  const node = ruleAt(rule, path)
  return node && isNot(node) ? `${path}/not` : path
}

/** The ids of the cards that stand for a node: its own, or where it has none, those of its parts. */
export function cardsOfNode(within: HTMLElement | null, rule: Rule, path: Path): string[] {
  const cards = [...(within?.querySelectorAll<HTMLElement>('[data-card]') ?? [])].flatMap(
    ({ dataset }) => dataset.card ?? [],
  )
  const own = (at: Path): string[] => {
    const first = cards.find((id) => nodeOfCard(id) === at)
    if (first !== undefined) return [first]
    const node = ruleAt(rule, at)
    return node ? childrenOf(node, at).flatMap((child) => own(child.path)) : []
  }
  return own(path)
}
