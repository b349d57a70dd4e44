import { useRef } from 'react'
import { type RuleCommand, ruleAt } from '../../../rules/commands.ts'
import { type Condition, isCondition, isNot, type Path, type Rule } from '../../../rules/rule.ts'
import type { WordOptions } from '../../../rules/words.ts'
import { useText } from '../../shared/useText.tsx'
import { ConditionForm } from '../edit/ConditionForm.tsx'
import classes from './panel.module.css'
import { useEscape } from './useEscape.ts'

/** What is being edited; `time` tells one opening of the form from the next. */
export type Edited = {
  readonly path: Path
  readonly field: string | undefined
  /** The focus stays on the card. */
  readonly stay: boolean
  readonly time: number
}

/** A name that no field has: none takes the focus. */
const NO_FIELD = ''

type Props = {
  edited: Edited
  rule: Rule
  words: WordOptions
  problems: readonly string[]
  /** `settled` is false while a value is being dragged: another command is about to come. */
  onCommand: (command: RuleCommand, condition: Condition, settled: boolean) => void
  onClose: () => void
}

/** The values of the selected condition. Each change is a command on the tree, and the numbers follow. */
export function EditCondition({ edited, rule, words, problems, onCommand, onClose }: Props) {
  const text = useText()
  const section = useRef<HTMLElement>(null)
  useEscape(section, onClose)
  const node = ruleAt(rule, edited.path)
  const inverted = node !== undefined && isNot(node)
  const condition = inverted ? node.not : node
  if (condition === undefined || !isCondition(condition)) return null
  const path = inverted ? `${edited.path}/not` : edited.path
  return (
    <section ref={section} className={classes.section} aria-label={text('canvas.edit')}>
      <ConditionForm
        condition={condition}
        inverted={inverted}
        focused={edited.stay ? NO_FIELD : edited.field}
        problems={problems}
        words={words}
        onChange={(next, settled) => onCommand({ kind: 'replace', path, rule: next }, next, settled)}
        onClose={onClose}
      />
    </section>
  )
}
