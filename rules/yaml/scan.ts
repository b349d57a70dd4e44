import { CST, Lexer, Parser } from 'yaml'

/** More text than the largest rule that anybody means; a larger one is refused before it is read. */
export const MAX_CHARACTERS = 1_000_000
const MAX_LEXEMES = 200_000
/** A rule of 20 levels takes half of it. */
const MAX_NESTING = 100

/** What YAML has and a rule must not: it makes small texts large, or says the same thing in two places. */
const REFUSED: Readonly<Record<string, string>> = {
  alias: 'An alias (*name) is not allowed: write out what it stands for.',
  anchor: 'An anchor (&name) is not allowed: write things out where they are needed.',
  tag: 'A tag (!name) is not allowed: the kind of a value follows from how it is written.',
  'directive-line': 'A directive (%NAME) is not allowed: a rule is YAML 1.2 without any.',
}

/** What a text is made of, for the composer of the package `yaml`; or the first reason not to read it. */
export type Scanned =
  | { readonly tokens: CST.Token[]; readonly refused?: undefined }
  | { readonly tokens?: undefined; readonly refused: { readonly offset: number; readonly message: string } }

/**
 * Takes a text apart without recursion and without more work than its length, and refuses what could make more of it.
 *
 * @param onLine is told the offset at which each line begins
 */
export function scan(text: string, onLine: (offset: number) => void): Scanned {
  if (text.length > MAX_CHARACTERS) {
    return refusedAt(0, `The text has ${text.length} characters. At most ${MAX_CHARACTERS} are allowed.`)
  }
  const parser = new Parser(onLine)
  onLine(0)
  const tokens: CST.Token[] = []
  let lexemes = 0
  let inScalar = false
  for (const lexeme of new Lexer().lex(text)) {
    lexemes += 1
    const type: ReturnType<typeof CST.tokenType> = inScalar ? null : CST.tokenType(lexeme)
    inScalar = type === 'scalar'
    const message = type === null ? undefined : REFUSED[type]
    if (message !== undefined) return refusedAt(parser.offset, message)
    if (lexemes > MAX_LEXEMES) return refusedAt(parser.offset, `The text has more than ${MAX_LEXEMES} parts.`)
    tokens.push(...parser.next(lexeme))
    if (parser.stack.length > MAX_NESTING) {
      return refusedAt(parser.offset, `This is nested deeper than ${MAX_NESTING} levels.`)
    }
  }
  tokens.push(...parser.end())
  return { tokens }
}

const refusedAt = (offset: number, message: string): Scanned => ({ refused: { offset, message } })
