/** A run of words: of a value that can be changed (`field` says which), with weight, or plain. */
export type Piece = { readonly text: string; readonly field?: string; readonly strong?: boolean }

const TOKEN = /\{(\w+)\}|\[(\w+)\|([^\]]*)\]|\*/g

/**
 * Fills a text of the catalogue (its notation is told at {@link Messages}).
 * @param values what stands for `{name}`; what is missing is left out
 */
export function fill(template: string, values: Readonly<Record<string, string>>): Piece[] {
  const pieces: Piece[] = []
  let strong = false
  let end = 0
  const add = (text: string, field?: string): void => {
    if (text === '') return
    pieces.push({ text, ...(field === undefined ? {} : { field }), ...(strong ? { strong: true } : {}) })
  }
  for (const match of template.matchAll(TOKEN)) {
    add(template.slice(end, match.index))
    end = match.index + match[0].length
    const [whole, name, field, words] = match
    if (whole === '*') strong = !strong
    else if (name !== undefined) add(values[name] ?? '', name)
    else if (field !== undefined) add(words ?? '', field)
  }
  add(template.slice(end))
  return pieces
}

/** The bare text of pieces. */
export const textOf = (pieces: readonly Piece[]): string => pieces.map((piece) => piece.text).join('')
