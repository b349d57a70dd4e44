import type { Rule } from '../../rules/rule.ts'
import { outlineOf } from '../../rules/words/outline.ts'
import { sentenceOf, textOf, type WordOptions } from '../../rules/words.ts'
import { lineOf } from './check.ts'
import { EXIT, type Io } from './io.ts'
import { readRules } from './readRules.ts'

/** `rules show`: each segment of a file (or the rule that it is) as a sentence and as an outline. */
export function show(file: string, words: WordOptions, io: Io): number {
  const { segments, rule, mistakes, names } = readRules(file)
  for (const mistake of mistakes) io.complain(lineOf(mistake, 'error'))
  if (mistakes.length > 0) return EXIT.wrong
  const spoken = { ...words, names: { segment: names } }
  const shown = segments.map((segment) => [`${segment.id}: ${segment.name}`, ...inWords(segment.rule, spoken)])
  if (rule !== undefined) shown.push(inWords(rule, spoken))
  io.say(shown.map((lines) => lines.join('\n')).join('\n\n'))
  return EXIT.fine
}

/** The sentence of a rule, and below it its outline, which says the same where there is but one line. */
function inWords(rule: Rule, words: WordOptions): string[] {
  const sentence = textOf(sentenceOf(rule, words))
  const outline = outlineOf(rule, words).map(({ depth, text }) => `${'  '.repeat(depth)}${text}`)
  return outline.length > 1 ? [sentence, ...outline] : [sentence]
}
