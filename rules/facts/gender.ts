import { choices } from '../kinds.ts'
import { textFact } from '../texts.ts'

/** The gender that the customer gave. */
export const gender = textFact('Gender', 'gender', choices(['female', 'male', 'diverse']))
