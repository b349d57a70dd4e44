import { type RefObject, useLayoutEffect, useState } from 'react'
import { type RuleCommand, ruleAt } from '../../rules/commands.ts'
import { type Condition, isCondition, isNot, type Path, type Rule } from '../../rules/rule.ts'
import { titleOf, type WordOptions } from '../../rules/words.ts'
import { ConditionForm } from './edit/ConditionForm.tsx'
import { type Anchor, ConditionPopover } from './edit/ConditionPopover.tsx'
import { idOf } from './layout/block.ts'

/** What is being edited; `time` tells one opening of the form from the next. */
export type Edited = { readonly path: Path; readonly field: string | undefined; readonly time: number }

type Props = {
  edited: Edited
  rule: Rule
  words: WordOptions
  problems: readonly string[]
  /** The element that holds the canvas. */
  within: RefObject<HTMLElement | null>
  onCommand: (command: RuleCommand, condition: Condition) => void
  onClose: () => void
}

/** The form of a condition, beside its card. Each change is a command on the tree. */
export function EditedCondition({ edited, rule, words, problems, within, onCommand, onClose }: Props) {
  const anchor = useAnchor(idOf('condition', edited.path), within)
  const node = ruleAt(rule, edited.path)
  const inverted = node !== undefined && isNot(node)
  const condition = inverted ? node.not : node
  if (condition === undefined || !isCondition(condition) || !anchor) return null
  const path = inverted ? `${edited.path}/not` : edited.path
  return (
    <ConditionPopover anchor={anchor} label={titleOf(condition, words)} onClose={onClose}>
      <ConditionForm
        condition={condition}
        inverted={inverted}
        focused={edited.field}
        problems={problems}
        words={words}
        onChange={(next) => onCommand({ kind: 'replace', path, rule: next }, next)}
        onClose={onClose}
      />
    </ConditionPopover>
  )
}

/** Where a card stands in the window; looked at again whenever something is drawn, as cards move with the rule. */
function useAnchor(card: string, within: RefObject<HTMLElement | null>): Anchor | undefined {
  const [anchor, setAnchor] = useState<Anchor>()
  useLayoutEffect(() => {
    const outer = within.current?.getBoundingClientRect()
    const box = within.current?.querySelector(`[data-card="${CSS.escape(card)}"]`)?.getBoundingClientRect()
    if (!outer || !box) return
    const next = { left: box.left - outer.left, top: box.top - outer.top, width: box.width, height: box.height }
    setAnchor((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next))
  })
  return anchor
}
