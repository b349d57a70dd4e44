import { TokenizationError, Tokenizer, TokenKind } from 'liquidjs'
import type { Mistake } from '../../errors.ts'

/** A text in which each piece of Liquid is a mark that neither MJML nor HTML parsers take for anything. */
export type Masked = {
  text: string
  /** The pieces of Liquid, in order; mark n stands for the n-th. */
  pieces: string[]
  /** Where in the source something of the masked text is. */
  toSource(offset: number): number
}

/** The mark of a piece. These code points are never characters: nobody types them, and sources with them are refused. */
export const mark = (index: number): string => `\uFDD0${index}\uFDD1`

/** A mark anywhere in a text. */
export const MARK = /\uFDD0(\d+)\uFDD1/g

export const hasMark = (text: string): boolean => text.includes('\uFDD0')

/**
 * Puts marks in the place of Liquid's tags and outputs. What stands between `{% raw %}` and its end is text.
 *
 * @returns a mistake when Liquid is not closed
 */
export function maskLiquid(source: string): Masked | { mistake: Omit<Mistake, 'path'> } {
  let tokens: { kind: TokenKind; begin: number; end: number }[]
  try {
    tokens = new Tokenizer(source).readTopLevelTokens()
  } catch (error) {
    if (!(error instanceof TokenizationError)) throw error
    return { mistake: liquidMistake(error) }
  }
  const pieces: string[] = []
  /** From where in the masked text on it is how much shorter or longer than the source. */
  const shifts: { from: number; shift: number }[] = [{ from: 0, shift: 0 }]
  let text = ''
  let at = 0
  for (const { kind, begin, end } of tokens) {
    if (kind !== TokenKind.Tag && kind !== TokenKind.Output) continue
    text += source.slice(at, begin)
    text += mark(pieces.push(source.slice(begin, end)) - 1)
    at = end
    shifts.push({ from: text.length, shift: end - text.length })
  }
  text += source.slice(at)
  return { text, pieces, toSource: (offset) => offset + (shifts.findLast(({ from }) => from <= offset)?.shift ?? 0) }
}

/** Puts the pieces of Liquid back in the place of their marks. */
export function unmask(text: string, pieces: readonly string[]): string {
  return text.replace(MARK, (_, index: string) => pieces[Number(index)] ?? '')
}

/** What Liquid says about a mistake, without the place, which stands beside it. */
export function liquidMistake(error: unknown): Omit<Mistake, 'path'> {
  const message = (error instanceof Error ? error.message : String(error)).replace(/, line:\d+.*$/s, '')
  const token = (error as { token?: { getPosition?(): [number, number] } }).token
  const [line, column] = token?.getPosition?.() ?? []
  return { message: `Liquid: ${message}`, ...(line === undefined || column === undefined ? {} : { line, column }) }
}
