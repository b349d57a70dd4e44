import { choices } from '../kinds.ts'
import { textFact } from '../texts.ts'

/** Lead, customer or VIP; everybody has one. */
export const status = textFact('Status', 'status', choices(['lead', 'customer', 'vip']))
