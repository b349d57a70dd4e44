import { codes } from '../kinds.ts'
import { textFact } from '../texts.ts'

/** The language to write to the customer in. */
export const language = textFact(
  'Language',
  'language',
  codes(/^[A-Za-z0-9-]{1,10}$/, 'language codes such as en or de-AT', 'language'),
)
