import { type Database, execute, rows } from '../database.ts'
import { millionthsOf } from './shareOf.ts'

/** What a reading that a loyalty mail brought about earns, by the mails handed over from `since` on. */
export type Terms = {
  since: Date
  /** Millionths of the price. */
  rate: number
  beneficiary: 'provider' | 'business'
  /** Readings within so many days of 24 hours after the mail; null: within the period of its voucher. */
  days: number | null
}

/** As the settings say them; null: nothing. */
type LoyaltyReward = { rate: number; to: Terms['beneficiary']; days?: number | null | undefined } | null

/** All terms there have been, in their order. */
export const readTerms = (db: Database): Promise<Terms[]> =>
  rows<Terms>(db, 'SELECT since, rate, beneficiary, days FROM loyalty_terms ORDER BY since, id')

/** The terms at an instant; null where there were none, or nothing was to be had. */
export function termsAt(terms: readonly Terms[], at: Date): Terms | null {
  const held = terms.findLast(({ since }) => since <= at)
  return held === undefined || held.rate === 0 ? null : held
}

/** Adds the terms that hold from now on. Those of mails that have gone stay what they were. */
export async function addTerms(trx: Database, reward: LoyaltyReward, now: Date): Promise<void> {
  const { rate, to, days = null } = reward ?? { rate: 0, to: 'provider' }
  await execute(trx, 'INSERT INTO loyalty_terms (since, rate, beneficiary, days) VALUES (?, ?, ?, ?)', [
    now,
    millionthsOf(rate),
    to,
    days,
  ])
}
