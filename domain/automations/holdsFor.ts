import { compileRules } from '../../rules/compile.ts'
import type { Rule, Scope } from '../../rules/rule.ts'
import { plain, sql } from '../../rules/sql.ts'
import { type Database, rows } from '../database.ts'
import { chunksOf } from '../segments/applyChanges.ts'
import type { Pair } from '../segments/markDirty.ts'
import { momentAt } from '../segments/moment.ts'
import { readSurroundings } from '../segments/surroundings.ts'
import { pairKey } from '../segments/takeWork.ts'

/** How many customers one statement looks at. */
const CHUNK = 1_000

/**
 * Whether rules hold for customers at an instant, from the raw rows as they stand; membership of segments is as the last
 * refresh has left it.
 *
 * @returns by `pairKey`, for each rule; who is not known, or has nothing to do with the provider, is not in it
 */
export async function holdsFor(
  db: Database,
  { scope, rules, pairs }: { scope: Scope; rules: readonly Rule[]; pairs: readonly Pair[] },
  now: Date,
): Promise<Map<string, boolean[]>> {
  const found = new Map<string, boolean[]>()
  if (rules.length === 0 || pairs.length === 0) return found
  const surroundings = await readSurroundings(db)
  const moment = await momentAt(db, now)
  const customers = [...new Set(pairs.map(({ customerId }) => customerId))]
  for (const chunk of chunksOf(customers, CHUNK)) {
    const population = { kind: 'picked', customers: chunk } as const
    const compiled = compileRules(
      rules,
      { scope, population, ...surroundings, ...moment, source: 'raw' },
      { flips: false },
    )
    const columns = rules.map((rule, n) => sql`${compiled.holds(rule)} AS ${plain(`r${n}`)}`)
    const seen = await rows<Record<string, unknown>>(
      db,
      `SELECT e.provider_id, e.customer_id, e.known, ${columns.map(({ text }) => text).join(', ')}
       FROM (${compiled.select.text}) e`,
      [...columns.flatMap(({ values }) => values), ...compiled.select.values],
    )
    for (const row of seen) {
      if (Number(row.known) !== 1) continue
      const key = pairKey({ providerId: Number(row.provider_id), customerId: Number(row.customer_id) })
      found.set(
        key,
        rules.map((_, n) => Number(row[`r${n}`]) === 1),
      )
    }
  }
  return found
}
