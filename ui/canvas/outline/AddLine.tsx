import { IconPlus } from '@tabler/icons-react'
import { isAny } from '../../../rules/rule.ts'
import { useText } from '../../shared/useText.tsx'
import { useRuleView } from '../rule/ruleView.ts'
import { lineName } from './lineName.ts'
import type { AddLine as AddTo } from './lines.ts'
import classes from './outline.module.css'
import { RuleItem } from './RuleItem.tsx'

/** The last line of a group: adds a condition to it. */
export function AddLine({ line }: { line: AddTo }) {
  const text = useText()
  const { words } = useRuleView()
  return (
    <RuleItem line={line} label={lineName(line, words, text)}>
      <span className={classes.add}>
        <IconPlus size={16} aria-hidden="true" />
        {text(isAny(line.group) ? 'outline.add.any' : 'outline.add.all')}
      </span>
    </RuleItem>
  )
}
