import type { Condition } from '../../../rules/rule.ts'
import { cardWords, type WordOptions } from '../../../rules/words.ts'
import { textWidth } from './textWidth.ts'

/** What a card has around its sentence, and a pill around its words, in pixels. */
const CARD_MARGIN = 27
const PILL_MARGIN = 14

const FONT = '13px "Inter Variable", system-ui, sans-serif'

/** Longer sentences end in their card's border. */
const MOST = 3

/** How many lines a condition's sentence takes on its card. */
export const cardLines = (condition: Condition, words: WordOptions, cardWidth: number): number =>
  linesOf(cardWords(condition, words), cardWidth - CARD_MARGIN, FONT, MOST)

/**
 * How many lines words take in a room of so many pixels. Reckoned beforehand: the layout must be known before anything
 * is drawn.
 */
export function linesOf(
  pieces: readonly { readonly text: string; readonly field?: string }[],
  room: number,
  font: string,
  most: number,
): number {
  let lines = 1
  let used = 0
  for (const { text, field } of pieces) {
    // A pill is never broken, other words are.
    for (const part of field === undefined ? text.split(/(?<= )/) : [text]) {
      const width = textWidth(part.trimEnd(), font) + (field === undefined ? 0 : PILL_MARGIN)
      if (used > 0 && used + width > room) {
        lines += 1
        used = 0
      }
      used += width + textWidth(part.slice(part.trimEnd().length), font)
    }
  }
  return Math.min(most, lines)
}
