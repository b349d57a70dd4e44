import type { Condition } from '../../../rules/rule.ts'
import { cardWords, type WordOptions } from '../../../rules/words.ts'

/** The room for a card's sentence, in pixels. */
const ROOM = 248

/** Of a letter at 13 px on average, and what a pill has around its words. */
const LETTER = 6.7
const PILL = 15

const MOST = 3

/**
 * How many lines a condition's sentence takes on its card. Reckoned, not measured: the layout must be known before
 * anything is drawn, and be the same everywhere.
 */
export function cardLines(condition: Condition, words: WordOptions): number {
  let lines = 1
  let used = 0
  for (const piece of cardWords(condition, words)) {
    const width = piece.text.length * LETTER + (piece.field === undefined ? 0 : PILL)
    if (used > 0 && used + width > ROOM && piece.text.trim() !== '') {
      lines += 1
      used = 0
    }
    used += width
  }
  return Math.min(MOST, lines)
}
