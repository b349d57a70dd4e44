import type { EdgeProps } from '@xyflow/react'
import { memo } from 'react'
import { useText } from '../../shared/useText.tsx'
import { CanvasLine } from '../flow/CanvasLine.tsx'
import type { RuleLine } from '../layout/ruleFlow.ts'
import { useCount, useLook, useStale, useTraced } from './ruleView.ts'
import { useCountWords } from './useCountWords.ts'

/** A line of a rule's flow with the number of customers on it, now. */
export const RuleLineEdge = memo(function RuleLineEdge({ id, data, sourceX, sourceY, targetX, targetY }: EdgeProps) {
  const line = data as unknown as RuleLine
  const countWords = useCountWords()
  const count = useCount(line.count)
  const total = useCount({ path: '', of: 'in' })
  const stale = useStale()
  const traced = useTraced(line.count)
  const text = useText()
  const [looked, look] = useLook(line.count)
  return (
    <CanvasLine
      id={id}
      shape={line.shape}
      sourceX={sourceX}
      sourceY={sourceY}
      targetX={targetX}
      targetY={targetY}
      count={count}
      total={total}
      label={countWords(count)}
      said={text('canvas.look', { count: count ?? 0 })}
      stale={stale}
      traced={traced}
      selected={looked}
      onOpen={look}
      spot={line.spot}
    />
  )
})
