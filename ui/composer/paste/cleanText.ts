/** Scripts whose letters are joined or kept apart by the zero-width (non-)joiner: taking it out would change the word. */
const JOINING =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}]/u
/** What a zero-width joiner holds together in an emoji of several parts, and the joiner's place after it. */
const PICTURE = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u{FE0F}|\u{20E3}/u
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u

/** Never seen and never needed: zero-width space, word joiner, byte order mark, direction overrides, object placeholders. */
const NEVER = /[\u200b\u2060-\u2064\ufeff\u202a-\u202e\ufff9-\ufffc]|(?![\t\n\r])\p{Cc}/u
/** Direction marks and isolates: needed where a text runs from right to left, and only there. */
const DIRECTION = /[\u200e\u200f\u061c\u2066-\u2069]/
/** Spell the region of a flag after a black flag; hidden text anywhere else. */
const TAG_CHARACTER = /[\u{E0000}-\u{E007F}]/u

/** Word's bullets from the Symbol and Wingdings fonts, in the private area that no other font has. */
const SYMBOL_BULLET = /[\uf0b7\uf0a7\uf076\uf0d8\uf0fc]/g

/**
 * Takes out what cannot be seen and only does harm, and normalises to NFC. Stays: non-breaking spaces, soft hyphens,
 * joiners inside emoji and in the scripts that need them, direction marks in texts from right to left, tabs and line ends.
 *
 * @returns the text and how many characters were taken out
 */
export function cleanText(text: string): { text: string; removed: number } {
  const characters = [...text.toWellFormed().replace(SYMBOL_BULLET, '•')]
  const rightToLeft = RIGHT_TO_LEFT.test(text)
  const kept: string[] = []
  let removed = 0
  for (const [index, character] of characters.entries()) {
    if (stays(character, kept.at(-1) ?? '', characters[index + 1] ?? '', rightToLeft)) kept.push(character)
    else removed++
  }
  return { text: kept.join('').normalize('NFC'), removed }
}

function stays(character: string, before: string, after: string, rightToLeft: boolean): boolean {
  if (NEVER.test(character)) return false
  if (DIRECTION.test(character)) return rightToLeft
  if (character === '\u200d') return (PICTURE.test(before) && PICTURE.test(after)) || JOINING.test(before)
  if (character === '\u200c') return JOINING.test(before)
  if (TAG_CHARACTER.test(character)) return before === '\u{1F3F4}' || TAG_CHARACTER.test(before)
  return true
}
