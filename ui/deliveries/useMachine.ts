import type { MessageId } from '../messages/index.ts'
import { useText } from '../shared/useText.tsx'

const RULES: ReadonlyMap<string, MessageId> = new Map([
  ['apple_proxy', 'machine.apple'],
  ['apple_network', 'machine.apple'],
  ['every_link', 'machine.haste'],
  ['both_links', 'machine.haste'],
  ['before_answer', 'machine.before'],
  ['preview', 'machine.preview'],
])

/** Who opened or clicked, when no person did: what is known of the machine, by the rule that told it. */
export function useMachine(): (rule: string) => string {
  const text = useText()
  return (rule) => text(RULES.get(rule) ?? 'machine.other')
}
