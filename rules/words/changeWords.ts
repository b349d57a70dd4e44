import type { Change, Place } from '../compare.ts'
import { childrenOf, isNot, type Rule } from '../rule.ts'
import { phraseOf } from '../words.ts'
import { fill, textOf } from './fill.ts'
import type { WordOptions } from './messages.ts'

/** A group with much in it is not said to its end. */
const LONGEST = 300

/** How many words must be the same at the beginning of two phrases for the second one to leave them out. */
const SAID_BEFORE = 3

/** Changes of a rule as a person would say what was done, one line each. */
export function changesInWords(changes: readonly Change[], words: WordOptions): string[] {
  return changes.map((change) => {
    const before = 'before' in change ? phrase(change.before, words) : ''
    const after = 'after' in change ? phrase(change.after, words) : ''
    const values = { before: shortened(before), after: shortened(withoutBeginning(after, before)) }
    const key = change.kind === 'turned' ? `turned.${kindOf(change.after.rule)}` : change.kind
    const parts = change.kind === 'turned' ? partsOf(change.after, words) : ''
    return textOf(fill(words.messages[`change.${key}`] ?? '{before}{after}', { ...values, parts }))
  })
}

const phrase = ({ rule, path }: Place, words: WordOptions): string => textOf(phraseOf(rule, path, words))

const innerOf = (rule: Rule): Rule => (isNot(rule) ? innerOf(rule.not) : rule)
const kindOf = (rule: Rule): 'all' | 'any' => ('any' in innerOf(rule) ? 'any' : 'all')

/** The parts of a group, each in quotes. */
function partsOf({ rule, path }: Place, words: WordOptions): string {
  const quoted = childrenOf(innerOf(rule), path).map((part) =>
    textOf(fill(words.messages['change.quoted'] ?? '{part}', { part: phrase(part, words) })),
  )
  return shortened(quoted.join(words.messages['list.comma'] ?? ', '))
}

/** “had a booking within the last 45 days” after “… 30 days” is “… 45 days”. */
function withoutBeginning(text: string, before: string): string {
  const [said, words] = [before.split(' '), text.split(' ')]
  const different = words.findIndex((word, at) => word !== said[at])
  return different >= SAID_BEFORE ? `… ${words.slice(different).join(' ')}` : text
}

const shortened = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)
