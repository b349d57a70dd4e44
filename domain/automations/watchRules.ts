import type { Rule, Scope } from '../../rules/rule.ts'
import { type Database, execute, rows } from '../database.ts'
import { pairKey } from '../segments/takeWork.ts'
import { readVersions, type Version, versionKey } from './definition.ts'
import { holdsFor } from './holdsFor.ts'
import { leave } from './leave.ts'
import { watchedIn } from './listeners.ts'
import { leavingBy, leavingByRule } from './openGroup.ts'
import { wakeCohorts } from './wakeCohorts.ts'

/** The versions that ask rules about those inside. */
async function watching(trx: Database): Promise<Version[]> {
  const found = await rows<{ automationId: number; version: number }>(
    trx,
    `SELECT DISTINCT l.automation_id AS automationId, l.version FROM automation_listeners l
     JOIN automations a ON a.id = l.automation_id
     WHERE l.happening = 'rule' AND l.about = '' AND a.state IN ('live', 'paused')`,
  )
  return [...(await readVersions(trx, found)).values()]
}

/** The rules of automations by scope: when time changes what they say, a refresh looks at whom it changes it for. */
export async function watchedRules(trx: Database): Promise<Record<Scope, Rule[]>> {
  const versions = await watching(trx)
  const of = (scope: Scope) =>
    versions.filter(({ definition }) => definition.scope === scope).flatMap(({ definition }) => watchedIn(definition))
  return { business: of('business'), provider: of('provider') }
}

type Inside = {
  id: number
  providerId: number
  customerId: number
  automation_id: number
  version: number
  step: string
  stands: string
  cohort_id: number
}

/**
 * Asks the rules of automations about those who are inside, of the customers in `refresh_scope`: who has to leave leaves
 * now, and who waits for a rule that holds goes on. Called by the refresh once everything that rules read is right.
 */
export async function watchRules(trx: Database, now: Date): Promise<void> {
  const versions = new Map((await watching(trx)).map((version) => [versionKey(version), version]))
  if (versions.size === 0) return
  const inside = await rows<Inside>(
    trx,
    `SELECT e.id, e.provider_id AS providerId, e.customer_id AS customerId, e.automation_id, e.version, e.step, e.stands,
       e.cohort_id
     FROM refresh_scope s STRAIGHT_JOIN enrolments e ON e.customer_id = s.customer_id AND e.state = 'active'
     WHERE s.provider_id = 0 AND e.automation_id IN (?)`,
    [[...versions.values()].map(({ automationId }) => automationId)],
  )
  const byVersion = new Map<string, Inside[]>()
  for (const one of inside) {
    const key = versionKey({ automationId: one.automation_id, version: one.version })
    byVersion.set(key, [...(byVersion.get(key) ?? []), one])
  }
  for (const [key, those] of byVersion) {
    const version = versions.get(key)
    if (version !== undefined) await watch(trx, version, those, now)
  }
}

async function watch(trx: Database, version: Version, inside: readonly Inside[], now: Date): Promise<void> {
  const leaving = await leavingByRule(trx, version, inside, now)
  for (const [exit, ids] of leaving.byReason) await leave(trx, ids, leavingBy(exit), now)
  const waiting = inside.filter(({ id, stands }) => stands === 'waiting' && !leaving.ids.has(id))
  for (const place of new Set(waiting.map(({ step }) => step))) {
    const step = version.walk.at(place)?.step
    if (step === undefined || !('wait_for' in step) || !('rule' in step.wait_for)) continue
    const those = waiting.filter((one) => one.step === place)
    const { scope } = version.definition
    const held = await holdsFor(trx, { scope, rules: [step.wait_for.rule], pairs: those }, now)
    const heard = those.filter((one) => held.get(pairKey(one))?.[0] === true)
    if (heard.length === 0) continue
    await execute(
      trx,
      `UPDATE enrolments SET stands = 'heard', due_at = NULL
       WHERE id IN (?) AND state = 'active' AND stands = 'waiting' AND step = ?`,
      [heard.map(({ id }) => id), place],
    )
    await wakeCohorts(trx, [...new Set(heard.map(({ cohort_id: id }) => id))], now)
  }
}
