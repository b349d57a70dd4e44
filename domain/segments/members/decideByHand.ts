import type { Database } from '../../database.ts'
import { transact } from '../../retry.ts'
import { applyChanges, type Change } from '../applyChanges.ts'
import { hasDependants } from '../dependants.ts'
import { evaluate } from '../evaluate.ts'
import { liveSegments } from '../liveSegments.ts'
import { lockUpkeep } from '../lockUpkeep.ts'
import { markDirty, type Pair } from '../markDirty.ts'
import { type Moment, momentAt } from '../moment.ts'
import { noteTouched } from '../noteTouched.ts'
import { rebuildRollup } from '../rebuildRollup.ts'
import { emptyRefreshScope, fillRefreshScope } from '../refreshScope.ts'
import { readSurroundings } from '../surroundings.ts'
import { waitingProviders } from '../waitingProviders.ts'
import type { Decision, Target } from './decision.ts'
import { writeDecisions } from './writeDecisions.ts'

/** What decisions changed: how many of them were others before, and how many entered and left by them. */
export type Decided = { changed: number; unchanged: number; entered: number; left: number }

/** The same, with what was decided before about each for whom that was another decision: it can be undone with it. */
export type DecidedBefore = Decided & { before: ReadonlyMap<number, Decision> }

/**
 * Decides by hand about customers of one segment, at once, in one transaction that no refresh runs beside: what is decided
 * outranks the rule until it is left to the rule again, which then decides at once. Deciding the same twice changes nothing,
 * and the first to have decided stays named.
 *
 * @param customers our own ids, each once
 * @param by who decides
 */
export function decideByHand(
  db: Database,
  target: Target,
  customers: readonly number[],
  { decision, by }: { decision: Decision; by: string },
  now: Date,
): Promise<DecidedBefore> {
  return transact(db, async (trx) => {
    const refreshedTo = await lockUpkeep(trx)
    const before = await writeDecisions(trx, target, customers, { decision, by }, now)
    const unchanged = customers.length - before.size
    if (before.size === 0) return { changed: 0, unchanged, entered: 0, left: 0, before }
    // those who were refreshed have been brought to that moment, which may be later than ours
    const at = refreshedTo !== null && refreshedTo > now ? refreshedTo : now
    const changes = await membersNow(trx, target, [...before.keys()], await momentAt(trx, at))
    await applyChanges(trx, changes, at)
    if (changes.length > 0 && (await hasDependants(trx, target.segmentId)))
      await markDirty(trx, changes, 'by_hand', now)
    const entered = changes.filter((change) => change.entered).length
    return { changed: before.size, unchanged, entered, left: changes.length - entered, before }
  })
}

/** Who of them enters and leaves now, by what was decided and else by the rule whose members stand. */
async function membersNow(
  trx: Database,
  { segmentId, scope, providerId }: Target,
  customers: readonly number[],
  moment: Moment,
): Promise<Change[]> {
  const segments = await liveSegments(trx)
  const segment = segments.find(({ id }) => id === segmentId)
  const pairs = customers.map((customerId): Pair => ({ providerId, customerId }))
  const business = customers.map((customerId): Pair => ({ providerId: 0, customerId }))
  await fillRefreshScope(trx, [...pairs, ...business])
  await rebuildRollup(trx, moment, await waitingProviders(trx))
  const differences = await evaluate(trx, {
    scope,
    // until it is computed for the first time only those are in it who were put in
    segments: [{ id: segmentId, rule: segment?.live?.rule ?? { any: [] } }],
    alsoFlips: [],
    population: { kind: 'listed' },
    surroundings: await readSurroundings(trx),
    moment,
  })
  await emptyRefreshScope(trx)
  if (segment !== undefined) await noteTouched(trx, [segment], pairs)
  return differences.flatMap(({ entered, left, ...pair }): Change[] => {
    if (entered.length + left.length === 0) return []
    const version = segment?.live?.version ?? 0
    return [
      {
        segment: segmentId,
        providerId: pair.providerId,
        customerId: pair.customerId,
        entered: entered.length > 0,
        cause: 'by_hand',
        version,
      },
    ]
  })
}
