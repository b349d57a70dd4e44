import { type Ref, type RefObject, useCallback } from 'react'
import type { Automation } from '../../../rules/automations/automation.ts'
import { stepsOf } from '../../../rules/automations/steps.ts'
import { automationFromYaml, automationToYaml, type PlacedAutomation } from '../../../rules/automations/yaml.ts'
import type { CanvasFocus } from '../../canvas/flow/focus.ts'
import { offsetAt } from '../../canvas/text/places.ts'
import { type TextCards, TreeText, type TreeTextHandle } from '../../canvas/text/TreeText.tsx'
import { type TextForm, type Typed, useTreeText } from '../../canvas/text/useTreeText.ts'
import { useText } from '../../shared/useText.tsx'
import type { Remark } from '../automationView.ts'
import type { DraftAction } from '../editing/draft.ts'
import { cardRef, stepCard } from '../flow/automationFlow.ts'

const FORM: TextForm<Automation, PlacedAutomation> = {
  write: automationToYaml,
  read: automationFromYaml,
  treeOf: ({ automation }) => automation,
}

/** The path of what a card stands for. */
function pathOf(card: string, automation: Automation): string | undefined {
  const ref = cardRef(card)
  if (!ref || ref.kind === 'end') return undefined
  if (!('step' in ref)) return `/${ref.kind}`
  return stepsOf(automation).find(({ step }) => step.id === ref.step)?.path
}

const CARDS: TextCards<PlacedAutomation> = {
  pathOf: (card, { automation }) => pathOf(card, automation),
  cardAt: ({ automation, placeOf }, text, offset) => {
    let found = 'when:'
    // in reading order: the last one that has begun
    for (const { step, path } of stepsOf(automation)) {
      if (offsetAt(text, placeOf(path)) > offset) break
      found = stepCard(step.id)
    }
    return found
  },
}

type Props = {
  name: string
  automation: Automation
  dispatch: (action: DraftAction) => void
  /** Keeps what was typed while another view is looked at. */
  typed: RefObject<Typed<PlacedAutomation> | null>
  focus: CanvasFocus
  findings: ReadonlyMap<string, readonly Remark[]>
  ref?: Ref<TreeTextHandle>
}

/** A draft as YAML that can be changed; loaded when it is asked for. */
export default function AutomationAsText({ name, automation, dispatch, typed, focus, findings, ref }: Props) {
  const text = useText()
  const replace = useCallback(
    (next: Automation, group: string): undefined => {
      const label = text('automation.act.text.what')
      dispatch({ type: 'change', command: { kind: 'replace', automation: next }, label, group })
    },
    [dispatch, text],
  )
  const problems = new Map(
    [...findings].flatMap(([card, remarks]): [string, string[]][] => {
      const path = pathOf(card, automation)
      return path === undefined ? [] : [[path, remarks.map(({ message }) => message)]]
    }),
  )
  return (
    <TreeText
      ref={ref}
      words={{
        label: text('automation.text.label', { name }),
        help: text('automation.text.help'),
        wrong: ({ line, column, message }) => text('automation.text.wrong', { line, column, message }),
      }}
      cards={CARDS}
      content={useTreeText(automation, FORM, replace, typed)}
      focus={focus}
      problems={problems}
    />
  )
}
