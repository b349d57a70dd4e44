import { type BounceClass, CODES, REPLIES, WORDS } from './bounceCodes.ts'

/** Answers are long, and what counts stands at their beginning. */
const MOST_READ = 4_000

/**
 * Whose fault a refusal is, by the tables of `bounceCodes.ts`.
 *
 * @param words the server's answer, e.g. `550 5.1.1 no such user`
 */
export function classOfBounce(words: string): BounceClass {
  const text = words.slice(0, MOST_READ).toLowerCase()
  const said = WORDS.find(({ any }) => any.some((one) => contains(text, one)))
  if (said?.outweighs) return said.class
  const code = codeOf(text)
  if (code !== null && code !== 'other') return code
  return said?.class ?? replyOf(text) ?? 'other'
}

/**
 * The same for any channel: of a telephone or a browser the other side says that it is `gone`; of a mail, the words of its
 * server are all there is.
 */
export const classOfRefusal = (words: string, gone = false): BounceClass =>
  gone ? 'bad_address' : classOfBounce(words)

/** Short words are looked for as words: `rbl` stands in “durable”. */
function contains(text: string, part: string): boolean {
  if (part.length > 4) return text.includes(part)
  return new RegExp(`(^|[^a-z])${part}([^a-z]|$)`).test(text)
}

function codeOf(text: string): BounceClass | null {
  const [, subject, detail] = /(?<![\d.])[245]\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d)/.exec(text) ?? []
  if (subject === undefined || detail === undefined) return null
  return CODES[`${Number(subject)}.${Number(detail)}`] ?? CODES[`${Number(subject)}.*`] ?? 'other'
}

function replyOf(text: string): BounceClass | null {
  const [reply = ''] = /^[45]\d\d\b/.exec(text) ?? []
  return REPLIES[reply] ?? null
}
