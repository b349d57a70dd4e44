/**
 * A rule in words, from a catalogue of texts: names and phrases for its cards, and the whole as one sentence. Another
 * language is another catalogue; nothing here speaks English.
 */
import { childrenOf, isAll, isAny, isNot, type Path, type Rule } from './rule.ts'
import { clauseWords } from './words/conditionWords.ts'
import { fill, type Piece } from './words/fill.ts'
import type { WordOptions } from './words/messages.ts'

export { cardWords, titleOf } from './words/conditionWords.ts'
export { en } from './words/en.ts'
export { textOf } from './words/fill.ts'
export type { WordOptions } from './words/messages.ts'
export { minorDigits } from './words/values.ts'

/** A run of a sentence; `path` is the node of the rule whose words these are (a `not` with what it inverts is one). */
export type Run = Piece & { readonly path?: Path }

/**
 * A rule as one sentence about customers. Negation is carried inwards to the conditions (not any of A and B is said as
 * “not A and not B”), so that what is said is exactly what the rule means.
 */
export function sentenceOf(rule: Rule, options: WordOptions): Run[] {
  const text = (key: string): Run[] => fill(options.messages[`sentence.${key}`] ?? '', {})
  if (isAll(rule) && rule.all.length === 0) return text('everyone')
  if (isAny(rule) && rule.any.length === 0) return text('no_one')
  return [...text('who'), ...said(rule, '', { negated: false, alone: true }, text, options), ...text('end')]
}

/** A part of a rule in words, without the beginning and the end of a sentence: what a folded group says. */
export function phraseOf(rule: Rule, path: Path, options: WordOptions): Run[] {
  const text = (key: string): Run[] => fill(options.messages[`sentence.${key}`] ?? '', {})
  return said(rule, path, { negated: false, alone: true }, text, options)
}

type Texts = (key: string) => Run[]

/** `alone`: nothing follows that an “either … or …” could be taken to reach over, so it needs no brackets. */
type Place = { readonly negated: boolean; readonly alone: boolean }

function said(rule: Rule, path: Path, place: Place, text: Texts, options: WordOptions): Run[] {
  const { negated, alone } = place
  if (isNot(rule)) return said(rule.not, `${path}/not`, { negated: !negated, alone }, text, options)
  if (!isAll(rule) && !isAny(rule)) {
    const owner = path.endsWith('/not') ? path.slice(0, -'/not'.length) : path
    return clauseWords(rule, negated, options).map((piece) => ({ ...piece, path: owner }))
  }
  const together = isAll(rule) !== negated
  const children = childrenOf(rule, path)
  if (children.length === 0) return text(together ? 'anybody' : 'nobody')
  const only = children.length === 1
  const parts = children.map((child, index) => {
    const last = index === children.length - 1
    return said(child.rule, child.path, { negated, alone: alone && (only || (together && last)) }, text, options)
  })
  const [first] = parts
  if (only && first) return first
  if (together) return andList(parts, text)
  const joined = orList(
    parts,
    children.some((child) => isGroup(child.rule)),
    text,
  )
  return alone ? joined : [...text('open'), ...joined, ...text('close')]
}

const isGroup = (rule: Rule): boolean => (isNot(rule) ? isGroup(rule.not) : isAll(rule) || isAny(rule))

/** A, B and C */
const andList = (parts: readonly Run[][], text: Texts): Run[] =>
  parts.flatMap((part, index) => {
    if (index === 0) return part
    return [...text(index === parts.length - 1 ? 'and' : 'comma'), ...part]
  })

/** either A or B; with a comma before “or” where a part is a group itself */
const orList = (parts: readonly Run[][], commas: boolean, text: Texts): Run[] => [
  ...text('either'),
  ...parts.flatMap((part, index) => {
    if (index === 0) return part
    if (index < parts.length - 1) return [...text('or_next'), ...part]
    return [...text(commas ? 'comma_or' : 'or'), ...part]
  }),
]
