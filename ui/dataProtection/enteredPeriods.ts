import type { Retention } from '../../api/contract/retention.ts'
import { isStricter, RETENTION, RETENTION_KINDS, type RetentionKind } from '../../rules/retention/kinds.ts'

/** What stands in the fields of one kind: whether it has an end, and the number as it was typed. */
export type EnteredPeriod = { ends: boolean; amount: number | string }
export type EnteredPeriods = Record<RetentionKind, EnteredPeriod>

/** Before somebody says a number: as long as most would keep it. */
const OFFERED: Record<RetentionKind, number> = {
  ...{ customers: 36, messages: 24, tracking: 13, audit: 24, imports: 90, webhooks: 30 },
}

export const enteredOf = (periods: Retention['periods']): EnteredPeriods =>
  Object.fromEntries(
    RETENTION_KINDS.map((kind) => [kind, { ends: periods[kind] !== null, amount: periods[kind] ?? OFFERED[kind] }]),
  ) as EnteredPeriods

/** Whether a number is one that is allowed there. */
export function isAllowed(kind: RetentionKind, { ends, amount }: EnteredPeriod): boolean {
  const { min, max } = RETENTION[kind]
  return !ends || (typeof amount === 'number' && Number.isInteger(amount) && amount >= min && amount <= max)
}

export type PeriodsChange = Partial<Retention['periods']>

/** What is entered and not saved. */
export function changeOf(entered: EnteredPeriods, periods: Retention['periods']): PeriodsChange {
  const changed = RETENTION_KINDS.flatMap((kind) => {
    const { ends, amount } = entered[kind]
    const next = ends ? amount : null
    return next === periods[kind] ? [] : [[kind, next] as const]
  })
  return Object.fromEntries(changed) as PeriodsChange
}

/** Whether a change lets anything go that stays today. */
export const letsGo = (change: PeriodsChange, periods: Retention['periods']): boolean =>
  RETENTION_KINDS.some((kind) => change[kind] !== undefined && isStricter(periods[kind], change[kind] ?? null))
