import { BaseEdge, EdgeLabelRenderer } from '@xyflow/react'
import classes from './CanvasLine.module.css'
import { lineGeometry } from './lineGeometry.ts'
import { lineWidth } from './lineWidth.ts'
import type { LineShape } from './placed.ts'

type Props = {
  id: string
  shape: LineShape
  sourceX: number
  sourceY: number
  targetX: number
  targetY: number
  /** How many are on it, and of how many at most; undefined while nothing is known yet. */
  count: number | undefined
  total: number | undefined
  /** The count as it is shown. */
  label: string
  stale: boolean
  traced: boolean
}

/** A line as thick as the number of those on it, which it says in a pill. */
export function CanvasLine(props: Props) {
  const { id, shape, sourceX, sourceY, targetX, targetY, count, total, label, stale, traced } = props
  const { path, pill } = lineGeometry(shape, { x: sourceX, y: sourceY }, { x: targetX, y: targetY })
  const width = count === undefined || total === undefined ? 2 : lineWidth(count, total)
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        interactionWidth={0}
        style={{ stroke: traced ? 'var(--canvas-trace)' : 'var(--canvas-line)', strokeWidth: width }}
      />
      <EdgeLabelRenderer>
        <span
          className={classes.pill}
          data-stale={stale || undefined}
          data-traced={traced || undefined}
          style={{ transform: `translate(-50%, -50%) translate(${pill.x}px, ${pill.y}px)` }}
        >
          {label}
        </span>
      </EdgeLabelRenderer>
    </>
  )
}
