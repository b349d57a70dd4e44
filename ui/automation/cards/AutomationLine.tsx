import type { EdgeProps } from '@xyflow/react'
import { memo } from 'react'
import { useIntl } from 'react-intl'
import { CanvasLine } from '../../canvas/flow/CanvasLine.tsx'
import { useCanvasFocus } from '../../canvas/flow/focus.ts'
import type { CountedLine } from '../../canvas/layout/block.ts'
import { useText } from '../../shared/useText.tsx'
import { useLineCount, useTraced } from '../automationView.ts'
import type { LineRef } from '../flow/automationFlow.ts'

/** A line of an automation, with how many went along it where that is known. */
export const AutomationLine = memo(function AutomationLine(props: EdgeProps) {
  const { id, data, source, sourceX, sourceY, targetX, targetY } = props
  const line = data as unknown as CountedLine<LineRef>
  const text = useText()
  const { formatNumber } = useIntl()
  const { onActivate } = useCanvasFocus()
  const count = useLineCount(line.count)
  const total = useLineCount({ step: null })
  const traced = useTraced(line.count)
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
      label={count === undefined ? null : formatNumber(count)}
      said={text('automation.line', { count: count ?? 0 })}
      stale={false}
      traced={traced}
      selected={false}
      onOpen={() => onActivate(source, undefined)}
      spot={line.spot}
    />
  )
})
