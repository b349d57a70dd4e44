import { fill, textOf } from '../../words/fill.ts'
import type { WordOptions } from '../../words/messages.ts'
import type { Automation } from '../automation.ts'
import type { AutomationChange, Part } from '../compare.ts'
import { waysOf } from '../steps.ts'
import { linesOf, stepSentence, wayWords } from '../words.ts'

/** A step with much in it is not said to its end. */
const LONGEST = 300

/** Changes between two versions of an automation as a person would say what was done, one line each. */
export function automationChangesInWords(
  changes: readonly AutomationChange[],
  { before, after }: { before: Automation; after: Automation },
  words: WordOptions,
): string[] {
  return changes.map((change) => {
    const values = {
      before: 'before' in change ? shortened(saidOf(change.before, before, words)) : '',
      after: 'after' in change ? shortened(saidOf(change.after, after, words)) : '',
    }
    return textOf(fill(words.messages[`difference.${change.kind}`] ?? '{before}{after}', values))
  })
}

function saidOf(part: Part, automation: Automation, words: WordOptions): string {
  if (part.of === 'step') {
    const ways = 'wait_for' in part.step ? [] : waysOf(part.step, part.path)
    const said = ways.map(({ name }) => withoutEnd(textOf(wayWords(part.step, part.path, name, words))))
    const text = textOf(stepSentence(part.step, automation, words))
    return said.length === 0 ? text : `${text} (${said.join(words.messages['sentence.or_else'] ?? '; ')})`
  }
  const line = linesOf(automation, words).find(({ kind, path }) =>
    part.of === 'exit' ? path === part.path : kind === part.of,
  )
  return withoutEnd(textOf(line?.runs ?? []))
}

const withoutEnd = (text: string): string => text.replace(/\s*[.:]$/, '')

const shortened = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)
