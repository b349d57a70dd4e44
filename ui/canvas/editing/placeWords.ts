import { type Place, ruleAt } from '../../../rules/commands.ts'
import { childrenOf, type Path, type Rule } from '../../../rules/rule.ts'
import type { WordOptions } from '../../../rules/words.ts'
import type { useText } from '../../shared/useText.tsx'
import { partsWords } from './commandLabel.ts'

/** Where a place is, in words: “before Membership”, “after a group”, “into a group”. */
export function placeWords(place: Place, rule: Rule, words: WordOptions, text: ReturnType<typeof useText>): string {
  const near = neighbourOf(place, rule)
  if (near === undefined) return text('canvas.place.empty')
  return text(`canvas.place.${near.at}`, { what: partsWords(rule, [near.path], words, text) })
}

/** The part that a place is said to be beside. */
function neighbourOf(place: Place, rule: Rule): { at: 'before' | 'after' | 'beside'; path: Path } | undefined {
  if (place.at !== 'in') {
    const parts = childrenOf(ruleAt(rule, place.path) ?? rule, place.path)
    const end = place.path === '' && place.at !== 'beside' ? parts.at(place.at === 'before' ? 0 : -1) : undefined
    return { at: place.at, path: end?.path ?? place.path }
  }
  const group = ruleAt(rule, place.path)
  const parts = group ? childrenOf(group, place.path) : []
  const next = parts[place.index]
  if (next) return { at: 'before', path: next.path }
  const last = parts.at(-1)
  return last && { at: 'after', path: last.path }
}
