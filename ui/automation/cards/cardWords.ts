import type { Automation, Step } from '../../../rules/automations/automation.ts'
import { type Since, sinceEntry } from '../../../rules/automations/sinceEntry.ts'
import { stepsOf, waysOf } from '../../../rules/automations/steps.ts'
import { type AutomationRun, linesOf, stepSentence, wayWords } from '../../../rules/automations/words.ts'
import type { WordOptions } from '../../../rules/words.ts'
import { stepCard, wayCard } from '../flow/automationFlow.ts'

/** What a card says: its sentence, and for a step when somebody comes to it. */
export type CardWords = {
  readonly runs: readonly AutomationRun[]
  readonly step?: Step
  readonly since?: Since
  /** What is said small at the foot. */
  readonly small?: string
}

/** The words of every card of an automation, by the card's id. */
export function wordsOfCards(automation: Automation, words: WordOptions): Map<string, CardWords> {
  const since = sinceEntry(automation)
  const lines = linesOf(automation, words)
  const runsOf = (...kinds: readonly string[]): AutomationRun[] =>
    lines
      .filter(({ kind }) => kinds.includes(kind))
      .flatMap(({ runs }, index) => (index === 0 ? runs : [{ text: ' ' }, ...runs]))
  const textOfLines = (...kinds: readonly string[]): string =>
    runsOf(...kinds)
      .map(({ text }) => text)
      .join('')
  const cards = new Map<string, CardWords>([
    ['when:', { runs: runsOf('when'), small: textOfLines('again', 'holdout', 'scope') }],
    ['unless:', { runs: runsOf('unless') }],
    ['goal:', { runs: runsOf('goal') }],
  ])
  for (const { step, path } of stepsOf(automation)) {
    const at = since.get(step.id)
    cards.set(stepCard(step.id), { runs: stepSentence(step, automation, words), step, ...(at ? { since: at } : {}) })
    for (const { name } of waysOf(step)) {
      cards.set(wayCard(step.id, name), { runs: wayWords(step, path, name, words), step })
    }
  }
  return cards
}

/** Whether two cards say the same, so that neither is drawn again for the other. */
export const isSameWords = (one: CardWords | undefined, other: CardWords): boolean =>
  one !== undefined && one.step === other.step && JSON.stringify(one) === JSON.stringify(other)
