import { fill, textOf } from '../../words/fill.ts'
import type { WordOptions } from '../../words/messages.ts'
import type { Automation } from '../automation.ts'
import type { AutomationChange, Part } from '../compare.ts'
import { waysOf } from '../steps.ts'
import { linesOf, stepSentence, wayWords } from '../words.ts'
import { writtenWords } from './values.ts'

/** A step with much in it is not said to its end. */
const LONGEST = 300

/** Changes between two versions of an automation as a person would say what was done, one line each. */
export function automationChangesInWords(
  changes: readonly AutomationChange[],
  { before, after }: { before: Automation; after: Automation },
  words: WordOptions,
): string[] {
  return changes.map((change) => {
    const [was, is] = [
      'before' in change ? saidOf(change.before, before, words) : '',
      'after' in change ? saidOf(change.after, after, words) : '',
    ]
    const from = change.kind === 'changed' ? differsFrom(was, is) : 0
    const values = { before: shortened(was, from), after: shortened(is, from) }
    return textOf(fill(words.messages[`difference.${change.kind}`] ?? '{before}{after}', values))
  })
}

function saidOf(part: Part, automation: Automation, words: WordOptions): string {
  if (part.of === 'step') {
    const ways = 'wait_for' in part.step ? [] : waysOf(part.step, part.path)
    const said = ways.map(({ name }) => withoutEnd(textOf(wayWords(part.step, part.path, name, words))))
    const text = textOf(stepSentence(part.step, automation, words))
    const written = 'send' in part.step ? writtenWords(part.step.send) : ''
    if (!text.includes(written)) return `${text}: ${written}`
    return said.length === 0 ? text : `${text} (${said.join(words.messages['sentence.or_else'] ?? '; ')})`
  }
  const line = linesOf(automation, words).find(({ kind, path }) =>
    part.of === 'exit' ? path === part.path : kind === part.of,
  )
  return withoutEnd(textOf(line?.runs ?? []))
}

const withoutEnd = (text: string): string => text.replace(/\s*[.:]$/, '')

/** Of two that are the same for long, the place shortly before they differ; else their beginning. */
function differsFrom(one: string, other: string): number {
  let same = 0
  while (same < one.length && one[same] === other[same]) same += 1
  return same < LONGEST - BEFORE ? 0 : same - BEFORE
}

/** Said before what differs, so that its place is found. */
const BEFORE = 40

function shortened(text: string, from: number): string {
  const part = text.slice(from, from + LONGEST)
  return `${from > 0 ? '…' : ''}${part}${text.length > from + LONGEST ? '…' : ''}`
}
