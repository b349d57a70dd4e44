import type { Automation, Happening, Trigger } from '../../rules/automations/automation.ts'
import { stepsOf } from '../../rules/automations/steps.ts'
import { nodesOf, type Rule } from '../../rules/rule.ts'
import { type Database, execute } from '../database.ts'
import { insertRows } from '../insertRows.ts'

/** What a version of an automation listens to: to begin, to let go, or where somebody waits for it. */
export type Role = 'starts' | 'exit' | 'goal' | 'wait'
type Listener = { role: Role; place: string; happening: string; about: string }

/** What a happening is about, as it is looked for. */
export function aboutOf(happening: Happening | Trigger): string {
  if ('segment' in happening) return happening.segment
  if ('tag' in happening) return happening.tag
  if ('survey' in happening) return happening.survey
  if ('name' in happening) return happening.name
  if ('step' in happening) return happening.step
  return ''
}

/** Everything that an automation listens to; rules are the happening `rule`. */
export function listenersOf(automation: Automation): Listener[] {
  const listener = (role: Role, place: string, on: Happening | Trigger): Listener => {
    return { role, place, happening: on.on, about: aboutOf(on) }
  }
  const both = (role: Role, place: string, { rule, on }: { rule?: Rule; on?: Happening }): Listener[] => [
    ...(on === undefined ? [] : [listener(role, place, on)]),
    ...(rule === undefined ? [] : [{ role, place, happening: 'rule', about: '' }]),
  ]
  return [
    listener('starts', '', automation.when),
    ...(automation.unless ?? []).flatMap((exit) => both('exit', exit.id, exit)),
    ...(automation.goal === undefined ? [] : both('goal', '', automation.goal)),
    ...stepsOf(automation).flatMap(({ step }) => {
      if (!('wait_for' in step)) return []
      return 'rule' in step.wait_for
        ? both('wait', step.id, step.wait_for)
        : both('wait', step.id, { on: step.wait_for })
    }),
  ]
}

/** Notes what a version listens to, in the transaction that publishes it. Those who enter do so by the newest one. */
export async function writeListeners(
  trx: Database,
  { automationId, version }: { automationId: number; version: number },
  automation: Automation,
): Promise<void> {
  await execute(trx, "DELETE FROM automation_listeners WHERE automation_id = ? AND role = 'starts'", [automationId])
  await execute(trx, 'DELETE FROM automation_listeners WHERE automation_id = ? AND version = ?', [
    automationId,
    version,
  ])
  await insertRows(
    trx,
    'automation_listeners',
    ['automation_id', 'version', 'role', 'place', 'happening', 'about'],
    listenersOf(automation).map(({ role, place, happening, about }) => [
      ...[automationId, version, role, place],
      ...[happening, about],
    ]),
  )
}

/** Every rule in an automation. */
export function rulesIn(automation: Automation): Rule[] {
  const inSteps = stepsOf(automation).flatMap(({ step }): Rule[] => {
    if ('branch' in step) return step.branch.map((way) => way.if)
    return 'wait_for' in step && 'rule' in step.wait_for ? [step.wait_for.rule] : []
  })
  return [...(automation.only === undefined ? [] : [automation.only]), ...watchedRules(automation), ...inSteps]
}

/** Those by which somebody inside leaves at once. */
function watchedRules({ unless = [], goal }: Automation): Rule[] {
  return [...unless, ...(goal === undefined ? [] : [goal])].flatMap(({ rule }) => (rule === undefined ? [] : [rule]))
}

/** Those that are asked as soon as anything changes: exits, the goal, and what somebody waits for. */
export function watchedIn(automation: Automation): Rule[] {
  const waited = stepsOf(automation).flatMap(({ step }): Rule[] =>
    'wait_for' in step && 'rule' in step.wait_for ? [step.wait_for.rule] : [],
  )
  return [...watchedRules(automation), ...waited].filter((rule) => nodesOf(rule).length > 0)
}
