import type { Rule, Scope } from '../../../rules/rule.ts'
import type { Days } from '../../backtests/days.ts'
import type { Database } from '../../database.ts'
import { pairKey } from '../../segments/takeWork.ts'
import { turnsOf } from './turns.ts'

/** When a rule held for customers: by `pairKey` the instants at which that changed, the first one when it began to hold. */
export type RuleTimes = ReadonlyMap<string, readonly Date[]>

/** When a rule held for some customers over past days, from what was known then: see {@link turnsOf}. */
export async function ruleTimes(
  db: Database,
  { rule, scope, timeZone }: { rule: Rule; scope: Scope; timeZone: string },
  customers: readonly number[],
  days: Days,
): Promise<RuleTimes> {
  const { first, turns } = await turnsOf(db, { rule, scope, timeZone, source: 'known' }, days, { customers })
  const times = new Map<string, Date[]>()
  for (const { at, ...pair } of [...first.map((pair) => ({ ...pair, at: days.begin })), ...turns]) {
    const key = pairKey(pair)
    const there = times.get(key)
    if (there === undefined) times.set(key, [at])
    else there.push(at)
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
