import { texts } from '../kinds.ts'
import { textFact } from '../texts.ts'

/** The business’s own grouping of its customers. */
export const customerGroup = textFact('Customer group', 'customer_group', texts(100))
