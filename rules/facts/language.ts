import { texts } from '../kinds.ts'
import { textFact } from '../texts.ts'

/** The language to write to the customer in. */
export const language = textFact('Language', 'language', texts(10))
