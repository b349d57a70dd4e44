import { IconStack2 } from '@tabler/icons-react'
import { Handle, type NodeProps, Position } from '@xyflow/react'
import { memo } from 'react'
import { childrenOf, isAny, isNot } from '../../../../rules/rule.ts'
import { phraseOf, textOf } from '../../../../rules/words.ts'
import { useText } from '../../../shared/useText.tsx'
import { CanvasCard } from '../../flow/CanvasCard.tsx'
import { type RuleCardData, useProblemWithin, useRuleView, useTraced } from '../ruleView.ts'
import { useNumbersLabel } from '../useNumbersLabel.ts'
import classes from './cards.module.css'
import { OutText } from './OutText.tsx'
import { ShareBar } from './ShareBar.tsx'

/** A folded group: its sentence and numbers in the place of its cards. */
export const GroupCard = memo(function GroupCard({ id, data }: NodeProps) {
  const { path, rule } = data as RuleCardData
  const text = useText()
  const { words } = useRuleView()
  const traced = useTraced({ path, of: 'in' })
  const problem = useProblemWithin(path)
  const numbers = useNumbersLabel(path)
  const inverted = isNot(rule)
  const inner = inverted ? rule.not : rule
  const title = text(isAny(inner) ? 'canvas.group.any' : 'canvas.group.all', { count: childrenOf(inner).length })
  const sentence = textOf(phraseOf(inner, path, words))
  return (
    <>
      <CanvasCard
        id={id}
        label={[title, sentence, problem, numbers, text('canvas.unfold')].filter(Boolean).join('. ')}
        inverted={inverted}
        traced={traced}
        problem={problem !== undefined}
      >
        <span className={classes.title}>
          <span className={`${classes.icon} ${classes.gray}`} aria-hidden="true">
            <IconStack2 size={15} stroke={1.8} />
          </span>
          {inverted && <span className={classes.not}>{text('canvas.not')}</span>}
          <span className={classes.name}>{title}</span>
        </span>
        <span className={classes.folded} data-detail>
          {problem ?? sentence}
        </span>
        <ShareBar path={path} hue="gray" />
      </CanvasCard>
      <OutText path={path} />
    </>
  )
})

/** The dashed border around an inverted group; those who don't reach the end inside leave it at the bottom. */
export const Frame = memo(function Frame({ data }: NodeProps) {
  const { path } = data as RuleCardData
  const traced = useTraced({ path, of: 'yes' })
  return (
    <>
      <div className={classes.frame} data-traced={traced || undefined} />
      <Handle type="source" position={Position.Bottom} className={classes.frameEnd ?? ''} isConnectable={false} />
    </>
  )
})
