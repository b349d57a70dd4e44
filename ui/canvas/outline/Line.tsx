import { memo, useId } from 'react'
import { isCondition } from '../../../rules/rule.ts'
import { useText } from '../../shared/useText.tsx'
import { useProblem, useRuleView } from '../rule/ruleView.ts'
import { useNumbersLabel } from '../rule/useNumbersLabel.ts'
import { ConditionWords } from './ConditionWords.tsx'
import { GroupWords } from './GroupWords.tsx'
import { LineMark } from './LineMark.tsx'
import { LineNumbers } from './LineNumbers.tsx'
import { lineName } from './lineName.ts'
import type { NodeLine } from './lines.ts'
import classes from './outline.module.css'
import { useOutline } from './outlineContext.ts'
import { TreeItem } from './TreeItem.tsx'

/** A condition or a group with its numbers, as an item of the tree. */
export const Line = memo(function Line({ line }: { line: NodeLine }) {
  const { path, inner, inverted } = line
  const text = useText()
  const { words } = useRuleView()
  const { followed } = useOutline()
  const problem = useLineProblem(line)
  const numbers = useNumbersLabel(path)
  const markId = useId()
  const mark = followed?.markOf(line.rule)
  return (
    <TreeItem
      line={line}
      label={[lineName(line, words, text), problem, numbers].filter(Boolean).join('. ')}
      describedBy={mark && markId}
      expanded={line.kind === 'group' ? line.open : undefined}
      problem={problem !== undefined}
    >
      <span className={classes.body}>
        {isCondition(inner) ? (
          <ConditionWords condition={inner} inverted={inverted} problem={problem} />
        ) : (
          <GroupWords line={line} problem={problem} />
        )}
        {followed && mark && (
          <LineMark
            id={markId}
            name={followed.name}
            holds={mark.holds}
            seen={isCondition(inner) ? followed.markOf(inner) : undefined}
          />
        )}
      </span>
      <LineNumbers path={path} />
    </TreeItem>
  )
})

/** What is wrong with the line: with the node, or with the group that its `not` inverts. */
function useLineProblem({ path, inverted }: NodeLine): string | undefined {
  const own = useProblem(path)
  const within = useProblem(inverted ? `${path}/not` : path)
  return own ?? within
}
