import type { Walked } from '../../../api/contract/automationPlay.ts'
import type { Automation } from '../../../rules/automations/automation.ts'
import { placedStep } from '../../../rules/automations/edits/sequences.ts'
import { giftWords, messageWords } from '../../../rules/automations/words/values.ts'
import { exitSentence, wayWords } from '../../../rules/automations/words.ts'
import { textOf, type WordOptions } from '../../../rules/words.ts'

/**
 * What an event of a replay, or of walking somebody through, is about, by the names that people know: the message, the
 * reward, the way, the segment, why they leave.
 */
export function walkedWords({ what, step: id, way, text }: Walked, automation: Automation, words: WordOptions): string {
  const step = id === null ? undefined : placedStep(automation, id)?.step
  const plain = text ?? ''
  switch (what) {
    case 'sent':
    case 'not_sent':
      return step && 'send' in step ? messageWords(step.send, words) : plain
    case 'gave': {
      const gift = step && 'give' in step ? step.give : step && 'send' in step ? step.send.reward : undefined
      return gift === undefined ? plain : giftWords(gift, words).gift
    }
    case 'way':
      return step && way !== null ? textOf(wayWords(step, '', way, words)).replace(/\s*:$/, '') : plain
    case 'segment':
      return words.names?.segment?.[plain] ?? plain
    case 'exited': {
      const exit = automation.unless?.find((one) => one.id === plain)
      return exit === undefined ? plain : exitSentence(exit, automation, words)
    }
    default:
      return plain
  }
}
