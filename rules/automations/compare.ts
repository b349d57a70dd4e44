/**
 * What changed between two versions of an automation, as what a person would say was done. Steps are known by their ids, so
 * nothing has to be guessed.
 */
import type { Path } from '../rule.ts'
import { canonical } from '../warnings/canonical.ts'
import type { Automation, Step } from './automation.ts'
import { type Placed, stepsOf, waysOf } from './steps.ts'

/** What is compared: a step, an exit condition, or what is said of the whole. */
export type Part =
  | { readonly of: 'step'; readonly path: Path; readonly id: string; readonly step: Step }
  | { readonly of: 'exit'; readonly path: Path; readonly id: string }
  | { readonly of: 'when' | 'goal' | 'again' | 'holdout' | 'scope'; readonly path: Path; readonly id: null }

export type AutomationChange =
  | { readonly kind: 'added'; readonly after: Part }
  | { readonly kind: 'removed'; readonly before: Part }
  | { readonly kind: 'changed' | 'moved'; readonly before: Part; readonly after: Part }

/** The changes from one version to another: what is in the later one in its order, then what is gone. */
export function compareAutomations(before: Automation, after: Automation): AutomationChange[] {
  const [one, other] = [partsOf(before), partsOf(after)]
  const moved = movedSteps(before, after)
  const later = [...other].flatMap(([key, { part, says }]): AutomationChange[] => {
    const same = one.get(key)
    if (same === undefined) return [{ kind: 'added', after: part }]
    return [
      ...(same.says === says ? [] : [{ kind: 'changed' as const, before: same.part, after: part }]),
      ...(part.of === 'step' && moved.has(part.id) ? [{ kind: 'moved' as const, before: same.part, after: part }] : []),
    ]
  })
  const gone = [...one].filter(([key]) => !other.has(key))
  return [...later, ...gone.map(([, { part }]): AutomationChange => ({ kind: 'removed', before: part }))]
}

/** Each part by a name that it keeps, with what it says, apart from the steps in its ways. */
function partsOf(automation: Automation): Map<string, { part: Part; says: string }> {
  const { when, only, again, at_once, unless = [], goal, holdout, scope } = automation
  const whole = (of: Exclude<Part['of'], 'step' | 'exit'>, value: unknown): [string, { part: Part; says: string }][] =>
    value === undefined ? [] : [[of, { part: { of, path: `/${of}`, id: null }, says: canonical({ value }) }]]
  return new Map([
    ...whole('scope', scope === 'provider' ? scope : undefined),
    ...whole('when', [when, only ?? null]),
    ...stepsOf(automation).map(({ step, path }): [string, { part: Part; says: string }] => [
      `step ${step.id}`,
      { part: { of: 'step', path, id: step.id, step }, says: saidBy(step) },
    ]),
    ...unless.map((exit, n): [string, { part: Part; says: string }] => [
      `exit ${exit.id}`,
      { part: { of: 'exit', path: `/unless/${n}`, id: exit.id }, says: canonical({ value: exit }) },
    ]),
    ...whole('goal', goal),
    ...whole('again', [again, at_once ?? false]),
    ...whole('holdout', holdout),
  ])
}

/** What a step says by itself: without the steps in its ways. */
function saidBy(step: Step): string {
  const bare = { ...step } as Record<string, unknown>
  if ('wait_for' in step) for (const way of ['then', 'else']) delete bare[way]
  if ('branch' in step) {
    bare.branch = step.branch.map((way) => way.if)
    delete bare.else
  }
  if ('split' in step) bare.split = step.split.map(({ percent, name }) => [percent, name ?? null])
  return canonical({ value: bare })
}

/** Steps that are in another way than before, or whose order among those that stayed is another one. */
function movedSteps(before: Automation, after: Automation): Set<string> {
  const [one, other] = [stepsOf(before), stepsOf(after)]
  const stepBefore = new Map(one.map((place) => [place.step.id, place]))
  const stepAfter = new Map(other.map((place) => [place.step.id, place]))
  const names = new Map<string, Map<string, string>>()
  const wayThen = (within: Placed['within']): string => {
    if (within === null) return ''
    const [was, is] = [stepBefore.get(within.step)?.step, stepAfter.get(within.step)?.step]
    if (was === undefined || is === undefined) return `${within.step} ${within.way}`
    const map = names.get(within.step) ?? matchWays(was, is)
    names.set(within.step, map)
    return `${within.step} ${map.get(within.way) ?? `gone ${within.way}`}`
  }
  const moved = new Set<string>()
  const stayed = new Map<string, string[]>()
  for (const { step, within } of other) {
    const was = stepBefore.get(step.id)
    if (was === undefined) continue
    const way = within === null ? '' : `${within.step} ${within.way}`
    if (wayThen(was.within) === way) stayed.set(way, [...(stayed.get(way) ?? []), step.id])
    else moved.add(step.id)
  }
  const order = new Map(one.map(({ step }, n) => [step.id, n]))
  for (const ids of stayed.values()) {
    const kept = longestRising(ids.map((id) => order.get(id) ?? 0))
    for (const [n, id] of ids.entries()) if (!kept.has(n)) moved.add(id)
  }
  return moved
}

/** Which way of a step became which: those that ask the same first, the others in their order. */
function matchWays(before: Step, after: Step): Map<string, string> {
  const map = new Map<string, string>()
  const rest = new Map(waysOf(after).map(({ name }) => [name, wayMark(after, name)]))
  const open = waysOf(before).filter(({ name }) => {
    const mark = wayMark(before, name)
    const same = [...rest].find(([, other]) => other === mark)
    if (same === undefined) return true
    map.set(name, same[0])
    rest.delete(same[0])
    return false
  })
  const left = [...rest.keys()]
  for (const [n, { name }] of open.entries()) {
    const other = left[n]
    if (other !== undefined) map.set(name, other)
  }
  return map
}

/** What tells a way: `then` and `else` by their names, a branch by what it asks, a share by its name or place. */
function wayMark(step: Step, name: string): string {
  if ('branch' in step && name !== 'else') return canonical({ value: step.branch[Number(name)]?.if })
  if ('split' in step) return step.split[Number(name)]?.name ?? name
  return name
}

/** The places of a longest rising part of some numbers. */
function longestRising(numbers: readonly number[]): Set<number> {
  const best: { length: number; before: number }[] = []
  for (const [n, number] of numbers.entries()) {
    let [length, before] = [1, -1]
    for (let m = 0; m < n; m += 1) {
      const other = best[m]
      if (other !== undefined && (numbers[m] ?? 0) < number && other.length + 1 > length) {
        length = other.length + 1
        before = m
      }
    }
    best.push({ length, before })
  }
  const kept = new Set<number>()
  let at = best.reduce((last, { length }, n) => (length > (best[last]?.length ?? 0) ? n : last), 0)
  while (at >= 0 && best[at] !== undefined) {
    kept.add(at)
    at = best[at]?.before ?? -1
  }
  return kept
}
