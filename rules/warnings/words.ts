/**
 * A word as the coarsest database would compare it: without case, accents, blanks and signs. Letters that have no plain
 * one are another matter: undefined.
 */
function plainForm(word: string): string | undefined {
  const plain = word
    .normalize('NFKD')
    .replace(/[\p{M}\s\p{P}\p{S}\p{C}]/gu, '')
    .toLowerCase()
  return /^[a-z0-9]*$/.test(plain) ? plain : undefined
}

/** Whether a word may be the same as one of some words to a database, whose collation is not known here. */
export function possiblyAmong(words: ReadonlySet<string>): (word: string) => boolean {
  const plain = new Set([...words].map(plainForm))
  return (word) => {
    const form = plainForm(word)
    return words.has(word) || (words.size > 0 && (form === undefined || plain.has(form) || plain.has(undefined)))
  }
}
