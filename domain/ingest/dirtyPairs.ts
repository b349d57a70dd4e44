import { type Database, rows } from '../database.ts'
import { FACT_TABLES } from '../segments/rebuildRollup.ts'
import { meansOther } from './mergeItems.ts'
import type { Change } from './table.ts'

/** The relationships that a request touches, each once. */
export class DirtyPairs {
  readonly #pairs = new Map<string, { providerId: number; customerId: number }>()

  add(providerId: number, customerId: number): void {
    this.#pairs.set(`${providerId} ${customerId}`, { providerId, customerId })
  }

  list(): { providerId: number; customerId: number }[] {
    return [...this.#pairs.values()]
  }

  /** Changed facts touch whom they were between before, and whom they are between now. */
  addFacts(changes: readonly Change[]): void {
    for (const { before, after } of changes) {
      if (before !== null && !meansOther(before, after)) continue
      for (const row of [before, after]) {
        const customer = row?.cells.customer_id
        const provider = row?.cells.provider_id
        if (row?.alive && typeof customer === 'number') this.add(typeof provider === 'number' ? provider : 0, customer)
      }
    }
  }

  /**
   * A changed customer touches the relationship with the business. One that arrives or goes, and so a provider, touches
   * all relationships that facts have waited for or still speak of.
   */
  async addParties(trx: Database, column: 'customer_id' | 'provider_id', changes: readonly Change[]): Promise<void> {
    const turned: number[] = []
    for (const { before, after } of changes) {
      if (after.id === null || (before !== null && !meansOther(before, after))) continue
      if (column === 'customer_id') this.add(0, after.id)
      if (before !== null && before.alive !== after.alive) turned.push(after.id)
    }
    if (turned.length === 0) return
    const parts = FACT_TABLES.map(
      ({ table, there }) =>
        `SELECT x.customer_id, COALESCE(x.provider_id, 0) AS provider_id FROM ${table} x
         WHERE x.${column} IN (?) AND ${there}`,
    )
    const found = await rows<{ customer_id: number; provider_id: number }>(
      trx,
      parts.join(' UNION '),
      parts.map(() => turned),
    )
    for (const { customer_id, provider_id } of found) this.add(provider_id, customer_id)
  }
}
