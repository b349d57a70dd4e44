import { codes } from '../kinds.ts'
import { textFact } from '../texts.ts'

/** The country of the customer, two capital letters. */
export const country = textFact(
  'Country',
  'country',
  codes(/^[A-Z]{2}$/, 'country codes of two capital letters, such as DE', 'region'),
)
