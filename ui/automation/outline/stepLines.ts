import type { Automation, Step } from '../../../rules/automations/automation.ts'
import type { Place } from '../../../rules/automations/commands.ts'
import { OUTERMOST, type Sequence } from '../../../rules/automations/edits/sequences.ts'
import { waysOf } from '../../../rules/automations/steps.ts'
import type { TreeLine } from '../../canvas/outline/keys.ts'
import { stepCard, wayCard } from '../flow/automationFlow.ts'

/** A line of an automation's outline; `path` is the card that it stands for on the canvas. */
export type StepLine = TreeLine & {
  readonly kind: 'head' | 'step' | 'group' | 'way' | 'add'
  readonly level: number
  readonly position: number
  readonly size: number
  readonly step?: Step
  /** Where the last line of a sequence adds. */
  readonly place?: Place
}

type Inner = Omit<StepLine, 'position' | 'size'>

/**
 * The lines of an automation from top to bottom: who enters, the steps with their ways, what ends it early.
 * @param offers whether there are lines that add, and for what there is nothing of yet
 */
export function stepLines(automation: Automation, folded: ReadonlySet<string>, offers: boolean): StepLine[] {
  const { unless = [], goal } = automation
  const head = (path: string): Inner => ({ kind: 'head', path, parent: null, level: 1 })
  const lines: Inner[] = [
    head('when:'),
    ...sequenceLines(OUTERMOST, automation.then, null, 1, folded, offers),
    ...(offers || unless.length > 0 ? [head('unless:')] : []),
    ...(offers || goal !== undefined ? [head('goal:')] : []),
    head('end:'),
  ]
  const siblings = Map.groupBy(lines, ({ parent }) => parent)
  return lines.map((line) => {
    const own = siblings.get(line.parent) ?? []
    return { ...line, position: own.indexOf(line) + 1, size: own.length }
  })
}

function sequenceLines(
  at: Sequence,
  steps: readonly Step[],
  parent: string | null,
  level: number,
  folded: ReadonlySet<string>,
  offers: boolean,
): Inner[] {
  const inner = steps.flatMap((step): Inner[] => {
    const path = stepCard(step.id)
    const ways = waysOf(step)
    if (ways.length === 0) return [{ kind: 'step', path, parent, level, step }]
    const open = !folded.has(step.id)
    const own: Inner = { kind: 'group', path, parent, level, step, open }
    if (!open) return [own]
    return [
      own,
      ...ways.flatMap((way): Inner[] => {
        const card = wayCard(step.id, way.name)
        const within = { step: step.id, way: way.name }
        return [
          { kind: 'way', path: card, parent: path, level: level + 1, step },
          ...sequenceLines(within, way.steps, card, level + 2, folded, offers),
        ]
      }),
    ]
  })
  if (!offers) return inner
  const place = { ...at, index: steps.length }
  return [...inner, { kind: 'add', path: `add:${at.step ?? ''}/${at.way}`, parent, level, place }]
}
