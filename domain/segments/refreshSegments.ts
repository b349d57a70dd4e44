import { asksFor } from '../../rules/asksFor.ts'
import { rankingsIn } from '../../rules/rankings.ts'
import type { Rule, Scope } from '../../rules/rule.ts'
import { segmentsIn } from '../../rules/segmentsIn.ts'
import { watchedRules, watchRules } from '../automations/watchRules.ts'
import { type Database, execute, rows } from '../database.ts'
import { transact } from '../retry.ts'
import { decideListed } from '../statuses/decideListed.ts'
import { neededByStatuses } from '../statuses/rulesOfStatuses.ts'
import { activeRules, standingVersions } from '../statuses/versions.ts'
import { applyChanges, applyFlips, type Change } from './applyChanges.ts'
import { bringUpToDate, moreIsDueThanABatch, placeAllDue } from './bringUpToDate.ts'
import { type Difference, evaluate } from './evaluate.ts'
import { flipsOf, storedRankings } from './keepRankings.ts'
import { levelsOf, takenInOf } from './levels.ts'
import { type LiveSegment, liveSegments } from './liveSegments.ts'
import { lockUpkeep } from './lockUpkeep.ts'
import { earlierOf, type Moment, momentAt } from './moment.ts'
import { noteTouched } from './noteTouched.ts'
import { changedAtOnce, madeNow } from './recalculation/changedAtOnce.ts'
import { emptyRefreshScope } from './refreshScope.ts'
import { readSurroundings } from './surroundings.ts'
import { deleteMarks, type EveryPair, heedLaterMarks, pairKey, stronger, takeWork, type Work } from './takeWork.ts'

/**
 * Brings every segment, and the status of customers, up to a moment: looks at the relationships whose facts changed and at those whose time has come,
 * at nothing else. In batches, each in a transaction of its own that a second refresh waits for; a crash loses nothing.
 *
 * @returns when time alone next changes anything; null when never
 */
export async function refreshSegments(db: Database, now: Date): Promise<{ nextFlip: Date | null }> {
  const moment = await momentAt(db, now)
  if (await moreIsDueThanABatch(db, moment)) await transact(db, (trx) => placeAllDue(trx, moment))
  while (await transact(db, (trx) => refreshBatch(trx, moment)));
  return { nextFlip: await nextFlip(db, moment) }
}

/** Does one batch. Returns whether there was anything to do. */
async function refreshBatch(trx: Database, moment: Moment): Promise<boolean> {
  await lockUpkeep(trx)
  await execute(trx, 'UPDATE segment_upkeep SET refreshed_to = GREATEST(COALESCE(refreshed_to, ?), ?) WHERE id = 1', [
    moment.now,
    moment.now,
  ])
  const segments = await liveSegments(trx)
  const statuses = await standingVersions(trx)
  const watched = await watchedRules(trx)
  const everyPair = whoseEveryPair(segments, watched.provider)
  const work = await takeWork(trx, moment, everyPair)
  if (work.pairs.size === 0) return false
  const rankings = await storedRankings(trx)
  const ranked = rankedOf(segments)
  const surroundings = await readSurroundings(trx)
  await bringUpToDate(trx, work, { everyPair, moment, rankings, surroundings })
  const atOnce = await changedAtOnce(trx, work)
  const evaluated = segments.filter(({ current }) => current || atOnce.any)
  const withRules = evaluated.map((segment) => ({ ...segment, ...ruleOf(segment) }))
  // one that is left alone has the members that stand
  const takenIn = takenInOf(withRules.filter(({ current, live }) => current && live !== null))
  const statusRules = statuses.flatMap(activeRules).map(({ rule }) => rule)
  const needed = neededByStatuses(statusRules, withRules)
  const others = withRules.filter((segment) => !needed.has(segment))
  const [first = [], ...further] = levelsOf(others, takenIn)
  let flipsFound = false
  for (const asked of [...levelsOf([...needed], takenIn), STATUSES, first, ...further] as const) {
    if (asked === STATUSES) {
      await decideListed(trx, statuses, { surroundings, moment }, reasonsOf(trx, work, statusRules))
      continue
    }
    for (const scope of ['business', 'provider'] as const) {
      const ours = asked.filter((segment) => segment.scope === scope)
      if (flipsFound && ours.length === 0) continue
      const differences = await evaluate(trx, {
        scope,
        segments: ours.flatMap(({ id, live }) => (live === null ? [] : [{ id, rule: live.rule }])),
        // when to look again is found out once, for the segments of all levels, statuses and automations
        alsoFlips: flipsFound
          ? []
          : [
              ...flipping(segments, scope, ours),
              ...flipsOf(rankings, scope),
              ...(scope === 'business' ? statusRules : []),
              ...watched[scope],
            ],
        population: { kind: 'listed' },
        surroundings: { ...surroundings, takenIn },
        moment,
      })
      const changed = differences.filter(({ entered, left }) => entered.length + left.length > 0)
      await heedLaterMarks(
        trx,
        work,
        changed.map(({ customerId }) => customerId),
      )
      const changes = changesOf(changed, ours, work, ranked)
      await applyChanges(trx, changes.filter(madeNow(ours, atOnce)), moment.now)
      if (!flipsFound) await applyFlips(trx, differences)
    }
    flipsFound = true
  }
  await watchRules(trx, moment.now)
  await noteTouched(trx, segments, [...work.pairs.values()])
  await deleteMarks(trx, work.marks)
  await emptyRefreshScope(trx)
  return true
}

/** Between the segments that status rules ask for and those that ask for the status. */
const STATUSES = 'statuses' as const

/** Why statuses change in a refresh: for what was marked, or, where rules ask for places, because of others. */
function reasonsOf(trx: Database, work: Work, rules: readonly Rule[]): Parameters<typeof decideListed>[3] {
  const byPlaces = rules.some((rule) => rankingsIn(rule).length > 0)
  return {
    heed: (customers) => heedLaterMarks(trx, work, customers),
    causeOf: (customerId) => {
      const { cause = 'time', placed = 'time' } = work.pairs.get(pairKey({ providerId: 0, customerId })) ?? {}
      return byPlaces ? stronger(cause, placed) : cause
    },
  }
}

/** The rule by which a segment is evaluated now; one that never was computed asks for nothing. */
const ruleOf = ({ live }: LiveSegment): { rule: Rule } => ({ rule: live?.rule ?? { all: [] } })

/** The rules that say when to look again, beside those of the segments that are evaluated. */
function flipping(segments: readonly LiveSegment[], scope: Scope, evaluated: readonly LiveSegment[]): Rule[] {
  const ours = segments.filter((segment) => segment.scope === scope)
  return [
    ...ours.flatMap(({ pending }) => (pending === null ? [] : [pending.rule])),
    ...ours.flatMap((segment) =>
      segment.live === null || !segment.current || isAmong(evaluated, segment) ? [] : [segment.live.rule],
    ),
  ]
}

const isAmong = (segments: readonly LiveSegment[], { id }: LiveSegment) => segments.some((one) => one.id === id)

function whoseEveryPair(segments: readonly LiveSegment[], watched: readonly Rule[]): EveryPair {
  const perProvider = segments.filter(({ scope }) => scope === 'provider')
  if (perProvider.length === 0) return watched.length === 0 ? 'nobody' : 'changed'
  const business = new Set(segments.filter(({ scope }) => scope === 'business').map(({ key }) => key))
  // what time changes of the customer, whoever looks: membership of a segment of the business, and the status
  const isOfAll = (rule: Rule) =>
    segmentsIn(rule).some(({ key }) => business.has(key)) || asksFor(rule, 'status').length > 0
  const asks = ({ live, pending }: LiveSegment) => [live?.rule, pending?.rule].some((rule) => rule && isOfAll(rule))
  return perProvider.some(asks) ? 'changed and due' : 'changed'
}

function changesOf(
  differences: readonly Difference[],
  segments: readonly LiveSegment[],
  work: Work,
  ranked: ReadonlySet<number>,
): Change[] {
  const versions = new Map(segments.map(({ id, live }) => [id, live?.version ?? 0]))
  return differences.flatMap((difference) => {
    const { providerId, customerId, entered, left } = difference
    const { cause = 'time', placed = 'time' } = work.pairs.get(pairKey(difference)) ?? {}
    const change = (segment: number, isIn: boolean): Change => ({
      segment,
      providerId,
      customerId,
      entered: isIn,
      cause: ranked.has(segment) ? stronger(cause, placed) : cause,
      version: versions.get(segment) ?? 0,
    })
    return [...entered.map((segment) => change(segment, true)), ...left.map((segment) => change(segment, false))]
  })
}

/** The segments that ask for places in rankings, themselves or by way of others. */
function rankedOf(segments: readonly LiveSegment[]): Set<number> {
  const ranked = new Set<string>()
  for (const { key, live } of levelsOf(segments.map((segment) => ({ ...segment, ...ruleOf(segment) }))).flat()) {
    if (live === null) continue
    const { rule } = live
    if (rankingsIn(rule).length > 0 || segmentsIn(rule).some((asked) => ranked.has(asked.key))) ranked.add(key)
  }
  return new Set(segments.filter(({ key }) => ranked.has(key)).map(({ id }) => id))
}

async function nextFlip(db: Database, { timeZone }: Moment): Promise<Date | null> {
  const [row] = await rows<{ flip_at: Date | null; flip_on: string | null }>(
    db,
    'SELECT (SELECT MIN(flip_at) FROM relationships) AS flip_at, (SELECT MIN(flip_on) FROM relationships) AS flip_on',
  )
  return earlierOf(row?.flip_at ?? null, row?.flip_on ?? null, timeZone)
}
