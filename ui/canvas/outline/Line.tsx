import { memo, useId } from 'react'
import { isCondition } from '../../../rules/rule.ts'
import { useText } from '../../shared/useText.tsx'
import { useProblem, useProblemWithin, useRuleView, useWarning } from '../rule/ruleView.ts'
import { useNumbersLabel } from '../rule/useNumbersLabel.ts'
import { ConditionWords } from './ConditionWords.tsx'
import { GroupWords } from './GroupWords.tsx'
import { LineMark } from './LineMark.tsx'
import { LineNumbers } from './LineNumbers.tsx'
import { lineName } from './lineName.ts'
import { isSameLine, type NodeLine } from './lines.ts'
import { MenuButton } from './MenuButton.tsx'
import classes from './outline.module.css'
import { useOutline } from './outlineContext.ts'
import { Remark } from './Remark.tsx'
import { RuleItem } from './RuleItem.tsx'

/** A condition or a group with its numbers and its menu, as an item of the tree. */
export const Line = memo(NodeItem, (before, after) => isSameLine(before.line, after.line))

function NodeItem({ line }: { line: NodeLine }) {
  const { path, inner, inverted } = line
  const text = useText()
  const { words } = useRuleView()
  const { followed } = useOutline()
  const problem = useLineProblem(line)
  const warning = useWarning(path)
  const numbers = useNumbersLabel(path)
  const name = lineName(line, words, text)
  const markId = useId()
  const mark = followed?.markOf(line.rule)
  const remark = <Remark problem={problem} warning={warning} />
  return (
    <RuleItem
      line={line}
      label={[name, problem ?? warning, numbers].filter(Boolean).join('. ')}
      describedBy={mark && markId}
      expanded={line.kind === 'group' ? line.open : undefined}
      problem={problem !== undefined}
    >
      <span className={classes.body}>
        {isCondition(inner) ? (
          <ConditionWords condition={inner} inverted={inverted}>
            {remark}
          </ConditionWords>
        ) : (
          <GroupWords line={line}>{remark}</GroupWords>
        )}
        {mark && (
          <LineMark
            id={markId}
            holds={mark.holds}
            fact={isCondition(inner) ? inner.fact : undefined}
            seen={isCondition(inner) ? followed?.markOf(inner) : undefined}
          />
        )}
      </span>
      <LineNumbers line={line} />
      <MenuButton line={line} name={name} />
    </RuleItem>
  )
}

/** What is wrong with the line: with the node, with the group that its `not` inverts, and in what is folded away. */
function useLineProblem({ path, inverted, kind, open }: NodeLine): string | undefined {
  const own = useProblem(path)
  const inner = useProblem(inverted ? `${path}/not` : path)
  const within = useProblemWithin(path)
  return own ?? inner ?? (kind === 'group' && !open ? within : undefined)
}
