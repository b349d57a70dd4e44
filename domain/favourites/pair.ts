import { knownCustomer } from '../customers/knownCustomer.ts'
import type { Database } from '../database.ts'
import { knownProvider } from '../providers/knownProvider.ts'
import type { Pair } from '../segments/markDirty.ts'

/** A provider and a customer by the caller's ids. */
export type Pick = { provider: string; customer: string }

/** Our ids of both. Throws a Problem 'not_found' where one of them is not there. */
export async function pairOf(db: Database, { provider, customer }: Pick): Promise<Pair> {
  return { providerId: await knownProvider(db, provider), customerId: await knownCustomer(db, customer) }
}
