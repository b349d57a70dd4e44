import type { Path, Rule } from '../../rule.ts'
import { fill } from '../../words/fill.ts'
import { firstText, type WordOptions } from '../../words/messages.ts'
import { phraseOf } from '../../words.ts'
import type { Happening } from '../automation.ts'
import type { AutomationRun } from '../words.ts'
import { orWords } from './values.ts'

/** What stands for a name in a text: words, runs of words, or a rule with the way to it. */
type Value = string | readonly AutomationRun[] | { readonly rule: Rule; readonly path: Path }

/** Not in any text: marks the place of runs while the text around them is filled. */
const HERE = '\u0000'

/** A text of the catalogue with what stands for its names. */
export function say(key: string, words: WordOptions, values: Readonly<Record<string, Value>> = {}): AutomationRun[] {
  return sayText(words.messages[key] ?? '', words, values)
}

function sayText(text: string, words: WordOptions, values: Readonly<Record<string, Value>>): AutomationRun[] {
  const plain = Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? value : HERE])
  return fill(text, Object.fromEntries(plain)).flatMap((piece): AutomationRun[] => {
    const value = piece.field === undefined ? undefined : values[piece.field]
    if (value === undefined || typeof value === 'string') return [piece]
    return 'rule' in value ? rulePhrase(value.rule, value.path, words) : [...value]
  })
}

/** A rule's own words; what each leads to is where its condition stands in the definition. */
function rulePhrase(rule: Rule, at: Path, words: WordOptions): AutomationRun[] {
  return phraseOf(rule, '', words).map((run) => ({ ...run, path: `${at}${run.path ?? ''}` }))
}

/** A rule that holds or something that happens, as what customers do: “make a booking or are among those who …”. */
export function happeningWords(
  { rule, on }: { readonly rule?: Rule; readonly on?: Happening },
  path: Path,
  messageOf: (step: string) => string,
  words: WordOptions,
): AutomationRun[] {
  const parts = [
    ...(on === undefined ? [] : [occurrence(on, messageOf, words)]),
    ...(rule === undefined ? [] : [say('on.rule', words, { rule: { rule, path: `${path}/rule` } })]),
  ]
  return parts.flatMap((part, n) => (n === 0 ? part : [...say('on.or', words), ...part]))
}

function occurrence(on: Happening, messageOf: (step: string) => string, words: WordOptions): AutomationRun[] {
  const { messages } = words
  const added = (kind: string, list: readonly string[] | undefined): string => {
    if (list === undefined || list.length === 0) return ''
    const text = firstText(messages, [`on.${on.on}.${kind}`, `on.${kind}`]) ?? ''
    return text.replace(`{${kind}}`, () => orWords(list, words))
  }
  switch (on.on) {
    case 'enters_segment':
    case 'leaves_segment':
      return say(`on.${on.on}`, words, { segment: words.names?.segment?.[on.segment] ?? on.segment })
    case 'status_changes': {
      const { from, to } = on
      const form = from === undefined ? (to === undefined ? '' : '.to') : to === undefined ? '.from' : '.both'
      const values = { from: statusWord(from, words), to: statusWord(to, words) }
      return say(`on.status_changes${form}`, words, values)
    }
    case 'tag_added':
      return say('on.tag_added', words, { tag: on.tag })
    case 'booking_made':
    case 'booking_attended':
    case 'booking_missed':
    case 'booking_cancelled':
      return say(`on.${on.on}`, words, { services: added('services', on.services) })
    case 'membership_cancelled':
      return say('on.membership_cancelled', words, { types: added('types', on.types) })
    case 'survey_answered':
      return say('on.survey_answered', words, { survey: on.survey, answers: added('answers', on.answers) })
    case 'opened':
    case 'clicked':
      return say(`on.${on.on}`, words, { message: messageOf(on.step) })
    case 'event':
      return say('on.event', words, { name: on.name })
    case 'reward_used':
      return say('on.reward_used', words)
  }
}

/** The name of a status; empty for none. */
export const statusWord = (status: string | undefined, { messages }: WordOptions): string =>
  status === undefined ? '' : (firstText(messages, [`choice.status.${status}`, `choice.${status}`]) ?? status)
