import { texts } from '../kinds.ts'
import { textFact } from '../texts.ts'

/** The partner through whom the customer came. */
export const aggregator = textFact('Aggregator', 'aggregator', texts(100))
