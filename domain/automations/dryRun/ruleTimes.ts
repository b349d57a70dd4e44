import type { Rule, Scope } from '../../../rules/rule.ts'
import { tellChanges } from '../../backtests/changes.ts'
import { type Days, placeOf } from '../../backtests/days.ts'
import type { Subject } from '../../backtests/look.ts'
import { Walk } from '../../backtests/walk.ts'
import type { Database } from '../../database.ts'
import type { Pair } from '../../segments/markDirty.ts'
import { pairKey } from '../../segments/takeWork.ts'

/** When a rule held for customers: by `pairKey` the instants at which that changed, the first one when it began to hold. */
export type RuleTimes = ReadonlyMap<string, readonly Date[]>

/**
 * When a rule held for some customers over past days, from what was known then: each is evaluated at the beginning and on
 * the days on which anything about them changed.
 */
export async function ruleTimes(
  db: Database,
  { rule, scope, timeZone }: { rule: Rule; scope: Scope; timeZone: string },
  customers: readonly number[],
  days: Days,
): Promise<RuleTimes> {
  const subject: Subject = { rule, scope, timeZone, source: 'known' }
  const walk = new Walk(db, subject, days)
  const meant = new Set(customers)
  await walk.beginWith(customers, days.begin)
  const times = new Map<string, Date[]>()
  const turned = (pair: Pair, at: Date) => {
    const key = pairKey(pair)
    const there = times.get(key)
    if (there === undefined) times.set(key, [at])
    else there.push(at)
  }
  for (const customerId of customers) {
    for (const providerId of walk.providersOf(customerId)) turned({ providerId, customerId }, days.begin)
  }
  await tellChanges(db, subject, days, (customer, at) => {
    const end = meant.has(customer) ? days.ends[placeOf(days, at)] : undefined
    if (end !== undefined) walk.agenda.put(end, customer)
  })
  for (const end of days.ends) {
    for (const { at, ...pair } of await walk.to(end)) if (meant.has(pair.customerId)) turned(pair, at)
  }
  return times
}

/** The first instant from one to another, both included, at which a rule held; null when it never did. */
export function firstHeld(times: readonly Date[] | undefined, from: Date, to: Date): Date | null {
  if (times === undefined) return null
  let holds = false
  for (const at of times) {
    if (at > from) {
      if (holds) return from
      if (at > to) return null
      return at
    }
    holds = !holds
  }
  return holds ? from : null
}
