import { asksFor } from '../../rules/asksFor.ts'
import type { Rule } from '../../rules/rule.ts'
import { joined, plain, sql } from '../../rules/sql.ts'
import { type Database, execute, fromJson, rows } from '../database.ts'
import { transact } from '../retry.ts'
import { bringFlipsForward } from '../segments/applyChanges.ts'
import { drawUpRankings } from '../segments/drawUpRankings.ts'
import { evaluate } from '../segments/evaluate.ts'
import { lockUpkeep } from '../segments/lockUpkeep.ts'
import { markDirty } from '../segments/markDirty.ts'
import { type Moment, momentAt } from '../segments/moment.ts'
import { refreshSegments } from '../segments/refreshSegments.ts'
import { readSurroundings } from '../segments/surroundings.ts'
import { applyDecisions } from './applyDecisions.ts'
import { named } from './decideListed.ts'
import { decisionSql } from './decisionSql.ts'
import { activeRules, newestVersion, type StatusVersion } from './versions.ts'

/** How many ids of customers one transaction takes; refreshes wait for it. */
const CHUNK = 20_000

/** How far it has come, in customers. */
type Progress = { done: number; total: number }

/**
 * Decides about everybody by the newest version of the status automation, in chunks of customers, from where an earlier
 * try was ended. Refreshes decide about those in front by it, and about those behind by the version before. When nothing
 * is left to do, it does nothing.
 *
 * @param onProgress called after each chunk; what it throws ends it
 */
export async function recomputeStatuses(
  db: Database,
  now: Date,
  onProgress?: (progress: Progress) => void | Promise<void>,
): Promise<void> {
  const newest = await newestVersion(db)
  if (newest === undefined || newest.computed) return
  // what is decided by has to be right first
  await refreshSegments(db, now)
  await drawUpRankings(db, await momentAt(db, now))
  for (;;) {
    const progress = await transact(db, (trx) => recomputeChunk(trx, now))
    if (progress === null) return
    await onProgress?.(progress)
  }
}

async function recomputeChunk(trx: Database, now: Date): Promise<Progress | null> {
  const refreshedTo = await lockUpkeep(trx)
  const version = await newestVersion(trx)
  if (version === undefined || version.computed) return null
  // nobody is decided about by an earlier moment than a refresh has
  const moment = await momentAt(trx, refreshedTo !== null && refreshedTo > now ? refreshedTo : now)
  const [last] = await rows<{ id: number | null }>(trx, 'SELECT MAX(id) AS id FROM customers')
  const total = last?.id ?? 0
  const range = { from: version.computedTo + 1, to: version.computedTo + CHUNK }
  await decideRange(trx, version, range, moment)
  await execute(trx, 'UPDATE status_automation_versions SET computed_to = ?, computed_at = ? WHERE version = ?', [
    Math.min(range.to, total),
    range.to >= total ? moment.now : null,
    version.version,
  ])
  return range.to >= total ? null : { done: range.to, total }
}

async function decideRange(
  trx: Database,
  version: StatusVersion,
  range: { from: number; to: number },
  moment: Moment,
): Promise<void> {
  const rules = activeRules(version)
  const population = { kind: 'range', ...range } as const
  const surroundings = { ...(await readSurroundings(trx)), takenIn: new Set<string>() }
  const decided = decisionSql({ ...version, rules }, { ...surroundings, ...moment, population })
  const [place, rule] = version.anew ? ['w.anew', 'w.anew_rule'] : ['w.decided', 'w.by_rule']
  const cause = (await isFirst(trx)) ? 'initial' : 'rule_change'
  const target = named(place)
  const ids = rules.map(({ id }, at) => sql`WHEN ${plain(String(at))} THEN ${id}`)
  const ruleId = rules.length === 0 ? plain('NULL') : sql`CASE ${plain(rule)} ${joined(ids, ' ')} END`
  const statement = sql`
    INSERT INTO status_decisions (customer_id, status, cause, rule_id, version)
    SELECT w.customer_id, ${target}, ${cause}, ${ruleId}, ${version.version} FROM (${decided}) w
    WHERE w.automatic <> ${target} OR NOT w.by_hand AND w.status <> ${target}`
  await execute(trx, statement.text, [...statement.values])
  const changed = await applyDecisions(trx, moment.now)
  if (changed.length > 0 && (await segmentsAskForStatus(trx))) {
    const pairs = changed.map((customerId) => ({ providerId: 0, customerId }))
    await markDirty(trx, pairs, 'rule_change', moment.now)
  }
  const alsoFlips = rules.map((one) => one.rule)
  await bringFlipsForward(
    trx,
    await evaluate(trx, { scope: 'business', segments: [], alsoFlips, population, surroundings, moment }),
  )
}

/** Whether nobody was ever decided about before. */
async function isFirst(trx: Database): Promise<boolean> {
  const computed = 'SELECT 1 FROM status_automation_versions WHERE computed_at IS NOT NULL LIMIT 1'
  return (await rows(trx, computed)).length === 0
}

async function segmentsAskForStatus(trx: Database): Promise<boolean> {
  const found = await rows<{ rule: string }>(trx, `SELECT rule FROM segment_versions WHERE rule LIKE '%"status"%'`)
  return found.some(({ rule }) => asksFor(fromJson<Rule>(rule) ?? { all: [] }, 'status').length > 0)
}
