import { ruleAt } from '../commands.ts'
import { isAny, isNot, type Path, type Rule } from '../rule.ts'
import type { Warning } from '../warnings.ts'
import { phraseOf } from '../words.ts'
import { fill, textOf } from './fill.ts'
import type { WordOptions } from './messages.ts'

/**
 * A warning as a sentence for whoever draws the rule.
 *
 * @param rule the rule that the warning is about
 */
export function warningInWords(warning: Warning, rule: Rule, words: WordOptions): string {
  const { path, kind, because } = warning
  const phrase = (at: Path): string => {
    const node = ruleAt(rule, at)
    return node === undefined ? '' : textOf(phraseOf(node, at, words))
  }
  const say = (key: string, values: Record<string, string> = {}): string =>
    textOf(fill(words.messages[`warning.${key}`] ?? '', values))
  if (kind === 'same_twice') return say('same_twice', { part: phrase(path) })
  if (kind === 'empty_group') return say(letsPass(ruleAt(rule, path)) ? 'empty_group.all' : 'empty_group.any')
  if (because !== undefined) return say(`${kind}.because`, { because: phrase(because) })
  return say(path === '' ? `${kind}.rule` : kind)
}

/** Whether an empty group, with the `not` around it, lets everybody pass. */
function letsPass(group: Rule | undefined): boolean {
  if (group === undefined) return true
  return isNot(group) ? !letsPass(group.not) : !isAny(group)
}
