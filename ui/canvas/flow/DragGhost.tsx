import type { RefObject } from 'react'
import classes from './FlowCanvas.module.css'
import type { CanvasSpots } from './spots.ts'
import { useStoreValue } from './store.ts'

/** What is being dragged, in words, beside the pointer. */
export function DragGhost({ spots, element }: { spots: CanvasSpots; element: RefObject<HTMLDivElement | null> }) {
  const label = useStoreValue(spots.moving, (moving) => (moving?.by === 'pointer' ? moving.label : null))
  return (
    <div ref={element} className={classes.ghost} hidden={label === null} aria-hidden="true">
      {label}
    </div>
  )
}
