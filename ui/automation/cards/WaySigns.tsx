import { IconArrowsJoin2 } from '@tabler/icons-react'
import type { NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { CanvasCard } from '../../canvas/flow/CanvasCard.tsx'
import signs from '../../canvas/rule/cards/cards.module.css'
import { useText } from '../../shared/useText.tsx'
import { useLineCount, useRemark, useTraced } from '../automationView.ts'
import { cardRef } from '../flow/automationFlow.ts'
import { ChangeMark } from './ChangeMark.tsx'
import classes from './cards.module.css'
import type { CardWords } from './cardWords.ts'
import { Sentence, saidBy } from './Sentence.tsx'

/** The head of a way: who goes it. */
export const WaySign = memo(function WaySign({ id, data }: NodeProps) {
  const words = data as CardWords & Record<string, unknown>
  const text = useText()
  const ref = cardRef(id)
  const way = ref?.kind === 'way' ? { step: ref.step, way: ref.way } : { step: '' }
  const count = useLineCount(way)
  const traced = useTraced(way)
  const remark = useRemark(id)
  const label = [
    saidBy(words),
    count === undefined ? '' : text('automation.way.count', { count }),
    remark?.message.replace(/\.$/, '') ?? '',
    text('automation.way.label'),
  ]
  return (
    <>
      <CanvasCard
        id={id}
        shape="sign"
        label={label.filter(Boolean).join('. ')}
        traced={traced}
        problem={remark?.level === 'error'}
        warning={remark?.level === 'warning'}
      >
        <span className={classes.way} data-detail>
          <Sentence words={words} />
        </span>
      </CanvasCard>
      <ChangeMark card={id} />
    </>
  )
})

/** Where the ways of a step come together again. */
export const JoinSign = memo(function JoinSign({ id }: NodeProps) {
  const text = useText()
  const ref = cardRef(id)
  const traced = useTraced({ step: ref?.kind === 'join' ? ref.step : '' })
  return (
    <CanvasCard id={id} shape="sign" label={text('automation.join')} traced={traced}>
      <IconArrowsJoin2 size={15} className={signs.way} aria-hidden="true" />
    </CanvasCard>
  )
})
