import { nodesOf } from '../../rules/rule.ts'
import { knownCustomer } from '../customers/knownCustomer.ts'
import { type Database, rows } from '../database.ts'
import { type AtOptions, evaluateAt, type Seen } from './evaluateAt.ts'
import { momentAt } from './moment.ts'
import { segmentOfProvider } from './requireProvider.ts'
import { readSurroundings } from './surroundings.ts'

export type Explanation = {
  member: boolean
  /** When membership changes if nothing happens, as far as that can be foreseen. */
  until: Date | null
  nodes: { path: string; holds: boolean; value: unknown; since: Date | null; until: Date | null }[]
}

/** How many moments ahead, and how many back, are looked at. */
const LOOKS = 100
/** How far back `since` is looked for: first a little, then far. */
const BACK_DAYS = [45, 500] as const

const DAY = 86_400_000

/**
 * Why a customer is in a segment or not: each node of its rule with the value seen, since when it is so, and until when
 * it stays so if nothing happens. All of it from evaluating the rule at the moments at which it can change.
 *
 * @throws Problem 'not_found', 'invalid'
 */
export async function explain(
  db: Database,
  key: string,
  who: { customer: string; provider?: string | undefined },
  now: Date,
): Promise<Explanation> {
  const { segment, providerId } = await segmentOfProvider(db, key, who.provider)
  const customer = await knownCustomer(db, who.customer)
  const { timeZone } = await momentAt(db, now)
  const provider = providerId === 0 ? undefined : providerId
  const options: AtOptions = {
    rule: segment.rule,
    scope: segment.scope,
    population: { kind: 'picked', customers: [customer], provider },
    timeZone,
    surroundings: await readSurroundings(db),
  }
  const look = async (at: Date) => (await evaluateAt(db, options, at))[0]
  const seen = await look(now)
  const nodes = nodesOf(segment.rule)
  const [override] = await rows<{ is_in: number }>(
    db,
    'SELECT is_in FROM segment_overrides WHERE segment_id = ? AND provider_id = ? AND customer_id = ?',
    [segment.id, providerId, customer],
  )
  const byHand = override === undefined ? null : override.is_in === 1
  if (seen === undefined) {
    // not one of this provider's customers at all
    const nothing = nodes.map(({ path }) => ({ path, holds: false, value: null, since: null, until: null }))
    return { member: false, until: null, nodes: nothing }
  }
  const until = await untilOf(look, seen)
  const since = await sinceOf(look, seen, now)
  return {
    member: seen.known && (byHand ?? seen.holds[0] === true),
    until: byHand !== null || !seen.known ? null : (until[0] ?? null),
    nodes: nodes.map(({ path }, index) => ({
      path,
      holds: seen.holds[index] === true,
      value: seen.values[index] ?? null,
      since: since[index] ?? null,
      until: until[index] ?? null,
    })),
  }
}

type Look = (at: Date) => Promise<Seen | undefined>

/** For each node the moment at which it first holds no longer, or first holds, from now on. */
async function untilOf(look: Look, seen: Seen): Promise<(Date | null)[]> {
  const until = seen.holds.map((): Date | null => null)
  let next = seen.next
  for (let looks = 0; looks < LOOKS && next !== null && until.includes(null); looks += 1) {
    const at: Date = next
    const then = await look(at)
    if (then === undefined) break
    for (const [index, holds] of then.holds.entries()) {
      if (until[index] === null && holds !== seen.holds[index]) until[index] = at
    }
    next = then.next
  }
  return until
}

/** For each node the last moment up to now at which it changed; null when it lies further back or no time brought it. */
async function sinceOf(look: Look, seen: Seen, now: Date): Promise<(Date | null)[]> {
  let since = seen.holds.map((): Date | null => null)
  for (const days of BACK_DAYS) {
    const found = await changesFrom(look, new Date(now.getTime() - days * DAY), now, since.length)
    if (found === null) break
    since = found
    if (!since.includes(null)) break
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
