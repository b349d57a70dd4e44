import { type RuleCommand, ruleAt } from '../../../rules/commands.ts'
import { isCondition, isNot, type Path, type Rule } from '../../../rules/rule.ts'
import { titleOf, type WordOptions } from '../../../rules/words.ts'
import type { useText } from '../../shared/useText.tsx'

type Text = ReturnType<typeof useText>

/**
 * What a command does, in words, for undo and for those who listen: “move ‘Membership’”.
 * @param rule as it is before the command
 */
export function commandLabel(command: RuleCommand, rule: Rule, words: WordOptions, text: Text): string {
  switch (command.kind) {
    case 'replace':
      return partWords(command.rule, words, text)
    case 'insert':
    case 'paste':
      return text(`canvas.act.${command.kind}.what`, { what: partWords(command.rule, words, text) })
    case 'group':
      return text(`canvas.act.group.${command.as}.what`, { what: partsWords(rule, command.paths, words, text) })
    case 'ungroup':
    case 'turn':
      return text(`canvas.act.${command.kind}.what`)
    default:
      return text(`canvas.act.${command.kind}.what`, { what: partsWords(rule, command.paths, words, text) })
  }
}

/** Parts of a rule by name: the condition's, or how many they are. */
export function partsWords(rule: Rule, paths: readonly Path[], words: WordOptions, text: Text): string {
  const [only] = paths
  const node = only === undefined ? undefined : ruleAt(rule, only)
  if (node === undefined || paths.length > 1) return text('canvas.parts', { count: paths.length })
  return partWords(node, words, text)
}

function partWords(rule: Rule, words: WordOptions, text: Text): string {
  const inner = isNot(rule) ? rule.not : rule
  return isCondition(inner) ? titleOf(inner, words) : text('canvas.group')
}
