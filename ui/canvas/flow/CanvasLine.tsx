import { BaseEdge, EdgeLabelRenderer } from '@xyflow/react'
import { AddSpot } from './AddSpot.tsx'
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
  /** The count as it is shown; null on a line that says none. */
  label: string | null
  /** What the number counts, in words. */
  said: string
  stale: boolean
  traced: boolean
  /** Those on it are shown elsewhere. */
  selected: boolean
  onOpen: () => void
  /** The place on it where something can be put. */
  spot: string | undefined
}

/** A line as thick as the number of those on it, which it says in a pill. */
export function CanvasLine(props: Props) {
  const { id, shape, sourceX, sourceY, targetX, targetY, count, total, label } = props
  const { said, stale, traced, selected, onOpen, spot } = props
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
        <div
          className={classes.at}
          data-alone={label === null || undefined}
          style={{ transform: `translate(-50%, -50%) translate(${pill.x}px, ${pill.y}px)` }}
        >
          {label !== null && (
            <button
              type="button"
              tabIndex={-1}
              className={classes.pill}
              data-line={id}
              data-stale={stale || undefined}
              data-traced={traced || undefined}
              data-selected={selected || undefined}
              aria-label={said}
              onClick={onOpen}
            >
              {label}
            </button>
          )}
          {spot !== undefined && <AddSpot spot={spot} />}
        </div>
      </EdgeLabelRenderer>
    </>
  )
}
