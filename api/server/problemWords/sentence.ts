/** The languages that a caller may ask for by `Accept-Language`, English first. */
export const LANGUAGES = ['en', 'de', 'fr', 'it'] as const
export type Language = (typeof LANGUAGES)[number]

/** A sentence of a problem as the code has it, with `{}` for what is put in, and in the other languages with `{0}`, `{1}` … */
export type Sentence = Readonly<Record<Language, string>>
