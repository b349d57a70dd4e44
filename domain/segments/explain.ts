import { isForeseeable } from '../../rules/foreseeable.ts'
import { isCondition, nodesOf } from '../../rules/rule.ts'
import { knownCustomer } from '../customers/knownCustomer.ts'
import type { Database } from '../database.ts'
import { surroundingsAsOf } from '../history/surroundingsAsOf.ts'
import { type AtOptions, compileAt, evaluateAt, type Seen } from './evaluateAt.ts'
import { decidedByHand } from './members/decidedByHand.ts'
import { isMemberNow } from './members/isMemberNow.ts'
import { momentAt } from './moment.ts'
import { readRecords, type SeenRecord } from './records.ts'
import { segmentOfProvider } from './segmentOfProvider.ts'
import { readSurroundings } from './surroundings.ts'

export type Explanation = {
  member: boolean
  /** What somebody decided about them by hand, which outranks the rule. */
  byHand: 'in' | 'out' | null
  /** When membership changes if nothing happens, as far as that can be foreseen. */
  until: Date | null
  nodes: ExplainedNode[]
}

export type ExplainedNode = {
  path: string
  holds: boolean
  value: unknown
  /** What was told us that decides it. */
  records: SeenRecord[]
  since: Date | null
  until: Date | null
}

/** How many moments ahead, and how many back, are looked at. */
const LOOKS = 100
/** How far back `since` is looked for: first a little, then far. */
const BACK_DAYS = [45, 500] as const

const DAY = 86_400_000

/**
 * Why a customer is in a segment or not: each node of its rule with the value seen, since when it is so, and until when
 * it stays so if nothing happens. All of it from evaluating the rule at the moments at which it can change; where a node
 * depends on others, as a rank does, no moment is given.
 *
 * @param who `asOf`: at a past instant, from what was known then, by the rule as it is now
 * @throws Problem 'not_found', 'invalid'
 */
export async function explain(
  db: Database,
  key: string,
  who: { customer: string; provider?: string | undefined; asOf?: Date | undefined },
  today: Date,
): Promise<Explanation> {
  const now = who.asOf ?? today
  const knownAt = now < today ? now : undefined
  const { segment, providerId } = await segmentOfProvider(db, key, who.provider)
  const customer = await knownCustomer(db, who.customer)
  const { timeZone } = await momentAt(db, now)
  const provider = providerId === 0 ? undefined : providerId
  const surroundings = await (knownAt === undefined ? readSurroundings(db) : surroundingsAsOf(db, knownAt))
  const options: AtOptions = {
    rule: segment.rule,
    scope: segment.scope,
    population: { kind: 'picked', customers: [customer], provider },
    timeZone,
    surroundings,
    placed: true,
    knownAt,
  }
  const look = async (at: Date) => (await evaluateAt(db, { ...options, placed: false }, at))[0]
  const [seen] = await evaluateAt(db, options, now)
  const nodes = nodesOf(segment.rule)
  const foreseeable = nodes.map(({ rule }) => isForeseeable(rule, segment.scope, surroundings.segments))
  const membership = { segment: segment.id, provider: providerId, customer }
  const byHand = await decidedByHand(db, membership, now)
  // the members of one that is not live are those of its last recalculation
  const follows = segment.recalculation.mode === 'live' || knownAt !== undefined
  if (seen === undefined) {
    // not one of this provider's customers at all
    const nothing = nodes.map(({ path }) => ({
      path,
      holds: false,
      value: null,
      records: [],
      since: null,
      until: null,
    }))
    return { member: false, byHand: null, until: null, nodes: nothing }
  }
  const until = await untilOf(look, seen, foreseeable)
  const since = await sinceOf(look, seen, now, foreseeable)
  const records = await recordsOf(db, options, now, { customer, provider: providerId })
  return {
    member: seen.known && (byHand ?? (follows ? seen.holds[0] === true : await isMemberNow(db, membership))),
    byHand: byHand === null ? null : byHand ? 'in' : 'out',
    until: byHand !== null || !seen.known || !follows ? null : (until[0] ?? null),
    nodes: nodes.map(({ path }, index) => ({
      path,
      holds: seen.holds[index] === true,
      value: seen.values[index] ?? null,
      records: records[index] ?? [],
      since: since[index] ?? null,
      until: until[index] ?? null,
    })),
  }
}

type Look = (at: Date) => Promise<Seen | undefined>

/** For each node the records that decide it; none for groups. */
async function recordsOf(
  db: Database,
  options: AtOptions,
  now: Date,
  who: { customer: number; provider: number },
): Promise<SeenRecord[][]> {
  const compiled = compileAt(options, now)
  const found: SeenRecord[][] = []
  for (const { rule } of nodesOf(options.rule)) {
    const records = isCondition(rule) ? compiled.records(rule) : null
    const { scope, surroundings, knownAt } = options
    const { waitingProviders } = surroundings
    found.push(records === null ? [] : await readRecords(db, records, scope, who, waitingProviders, knownAt))
  }
  return found
}

/** For each node the moment at which it first holds no longer, or first holds, from now on. */
async function untilOf(look: Look, seen: Seen, foreseeable: readonly boolean[]): Promise<(Date | null)[]> {
  const until = seen.holds.map((): Date | null => null)
  const open = () => until.some((at, index) => at === null && foreseeable[index])
  let next = seen.next
  for (let looks = 0; looks < LOOKS && next !== null && open(); looks += 1) {
    const at: Date = next
    const then = await look(at)
    if (then === undefined) break
    for (const [index, holds] of then.holds.entries()) {
      if (until[index] === null && foreseeable[index] && holds !== seen.holds[index]) until[index] = at
    }
    next = then.next
  }
  return until
}

/** For each node the last moment up to now at which it changed; null when it lies further back or no time brought it. */
async function sinceOf(look: Look, seen: Seen, now: Date, foreseeable: readonly boolean[]): Promise<(Date | null)[]> {
  let since = seen.holds.map((): Date | null => null)
  for (const days of BACK_DAYS) {
    const found = await changesFrom(look, new Date(now.getTime() - days * DAY), now, since.length)
    if (found === null) break
    since = found.map((at, index) => (foreseeable[index] ? at : null))
    if (!since.some((at, index) => at === null && foreseeable[index])) break
  }
  return since
}

/** The last change of each node between two moments; null when there are too many moments to look at. */
async function changesFrom(look: Look, from: Date, now: Date, count: number): Promise<(Date | null)[] | null> {
  const changed = Array.from({ length: count }, (): Date | null => null)
  let before = await look(from)
  for (let looks = 0; before?.next != null && before.next <= now; looks += 1) {
    if (looks === LOOKS) return null
    const at: Date = before.next
    const then = await look(at)
    if (then === undefined) break
    for (const [index, holds] of then.holds.entries()) if (holds !== before.holds[index]) changed[index] = at
    before = then
  }
  return changed
}
