import { texts } from '../kinds.ts'
import { textFact } from '../texts.ts'

/** The country of the customer, two capital letters. */
export const country = textFact('Country', 'country', texts(2))
