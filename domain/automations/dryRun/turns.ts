import { tellChanges } from '../../backtests/changes.ts'
import type { Days } from '../../backtests/days.ts'
import type { Subject } from '../../backtests/look.ts'
import { type Step, Walk } from '../../backtests/walk.ts'
import { type Database, rows } from '../../database.ts'
import type { Pair } from '../../segments/markDirty.ts'

/**
 * The most instants at which anything changes that are looked at one by one, a statement each. Of a longer past it is told by
 * days: what changes on one is known from its end, what time alone changes from its beginning.
 */
const INSTANTS = 3_000

/** For whom a rule held at the beginning, and when that changed, in the order of time. */
export type Turns = { first: Pair[]; turns: Step[] }

type Asked = {
  /** Our own ids; null for everybody, of whom nobody is named that it held for at the beginning. */
  customers: readonly number[] | null
  /** Told how far it is, from 0 to 1. */
  onProgress?: (part: number) => Promise<void>
}

/**
 * When a rule held for customers over past days, from what was known then: each is evaluated at the beginning and whenever
 * anything about them changed.
 */
export async function turnsOf(
  db: Database,
  subject: Subject,
  days: Days,
  { customers, onProgress = async () => {} }: Asked,
): Promise<Turns> {
  const walk = new Walk(db, subject, days, 'instants')
  if (customers === null) {
    const [last] = await rows<{ id: number | null }>(db, 'SELECT MAX(id) AS id FROM customers')
    const total = last?.id ?? 0
    await walk.begin(days.begin, total, (done) => onProgress((0.3 * done) / Math.max(total, 1)))
  } else {
    await walk.beginWith(customers, days.begin)
  }
  const first = (customers ?? []).flatMap((customerId) =>
    walk.providersOf(customerId).map((providerId) => ({ providerId, customerId })),
  )
  const meant = customers === null ? null : new Set(customers)
  await tell(db, subject, { days, walk, meant })
  const turns: Step[] = []
  for (const [n, end] of days.ends.entries()) {
    for (const step of await walk.to(end)) if (meant === null || meant.has(step.customerId)) turns.push(step)
    if (walk.looks > INSTANTS) walk.grain = 'midnights'
    await onProgress(0.3 + (0.7 * (n + 1)) / days.ends.length)
  }
  return { first, turns }
}

type Telling = { days: Days; walk: Walk; meant: ReadonlySet<number> | null }

/** Puts on the agenda whoever anything changed for: at that instant, or, when there are too many, at the end of its day. */
async function tell(db: Database, subject: Subject, { days, walk, meant }: Telling): Promise<void> {
  const early: [customer: number, at: Date][] = []
  const instants = new Set<number>()
  const put = (customer: number, at: Date) => walk.agenda.put(walk.lookAt(at), customer)
  await tellChanges(db, subject, days, (customer, at) => {
    if (meant !== null && !meant.has(customer)) return
    if (walk.grain !== 'instants') return put(customer, at)
    early.push([customer, at])
    instants.add(at.getTime())
    if (instants.size <= INSTANTS && early.length <= 10 * INSTANTS) return
    walk.grain = 'midnights'
    for (const one of early.splice(0)) put(...one)
  })
  for (const one of early) put(...one)
}
