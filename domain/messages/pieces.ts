/**
 * A text in pieces: what all copies of a message have in common stands in objects that they share, so that whoever encodes
 * it does so once; between them stands what is one recipient's own.
 */
export type Pieces = readonly (string | SharedText)[]

/** Text that is the same in every copy, as an object that can be recognized. */
export type SharedText = { readonly shared: string }

/** The text that pieces make up. */
export const whole = (text: string | Pieces): string => (typeof text === 'string' ? text : text.map(textOf).join(''))

/** The text of one piece. */
export const textOf = (piece: string | SharedText): string => (typeof piece === 'string' ? piece : piece.shared)
