import type { Path, Rule } from '../rule.ts'
import type { Automation } from './automation.ts'
import { stepsOf } from './steps.ts'

/** A rule in an automation: where it stands, and at which step, if it is one's. */
export type PlacedRule = { readonly rule: Rule; readonly path: Path; readonly step: string | null }

/** Every rule of an automation: who may enter, who leaves, the goal, what is waited for and what forks ask. */
export function rulesIn({ only, unless = [], goal, ...automation }: Automation): PlacedRule[] {
  const placed = (rule: Rule | undefined, path: Path, step: string | null = null): PlacedRule[] =>
    rule === undefined ? [] : [{ rule, path, step }]
  return [
    ...placed(only, '/only'),
    ...unless.flatMap((exit, n) => placed(exit.rule, `/unless/${n}/rule`)),
    ...placed(goal?.rule, '/goal/rule'),
    ...stepsOf(automation as Automation).flatMap(({ step, path }) => {
      if ('wait_for' in step && 'rule' in step.wait_for) {
        return placed(step.wait_for.rule, `${path}/wait_for/rule`, step.id)
      }
      if (!('branch' in step)) return []
      return step.branch.flatMap((way, n) => placed(way.if, `${path}/branch/${n}/if`, step.id))
    }),
  ]
}
