import { Handle, Position } from '@xyflow/react'
import type { ReactNode } from 'react'
import classes from './CanvasCard.module.css'
import { isSelected, useCanvasFocus } from './focus.ts'
import { useCanvasSpots } from './spots.ts'
import { useStoreValue } from './store.ts'

type Props = {
  id: string
  /** What is announced: the card's sentence with its numbers. */
  label: string
  shape?: 'card' | 'sign'
  /** Draws the border dashed. */
  inverted?: boolean
  /** The way of the customer that is followed goes through here. */
  traced?: boolean
  problem?: boolean
  /** The place in it: a click puts something there. */
  spot?: string
  /** Something is odd about it, though it can be used. */
  warning?: boolean
  children: ReactNode
}

/**
 * A card or sign of a canvas: takes the focus (the canvas has one tab stop), can be clicked, and has invisible ends for
 * lines above and below. What is in it are phrases only: a click on an element with `data-field` names that field.
 */
export function CanvasCard(props: Props) {
  const {
    id,
    label,
    shape = 'card',
    inverted = false,
    traced = false,
    problem = false,
    warning = false,
    spot,
    children,
  } = props
  const { store, onActivate, onSelect, onPoint } = useCanvasFocus()
  const spots = useCanvasSpots()
  const current = useStoreValue(store, (state) => state.current === id)
  const selected = useStoreValue(store, (state) => isSelected(state, id))
  const hinted = useStoreValue(store, (state) => state.hinted.has(id))

  return (
    <>
      <Handle type="target" position={Position.Top} className={classes.end ?? ''} isConnectable={false} />
      <button
        type="button"
        data-card={id}
        className={shape === 'card' ? classes.card : classes.sign}
        data-inverted={inverted || undefined}
        data-traced={traced || undefined}
        data-problem={problem || undefined}
        data-warning={warning || undefined}
        data-selected={selected || undefined}
        data-hinted={hinted || undefined}
        tabIndex={current ? 0 : -1}
        aria-label={label}
        onFocus={() => {
          const state = store.get()
          if (state.current !== id) store.set({ ...state, current: id })
        }}
        onPointerEnter={() => onPoint(id)}
        onPointerLeave={() => onPoint(null)}
        onClick={(event) => {
          if (event.shiftKey || event.ctrlKey || event.metaKey) return onSelect(id, 'toggle')
          const target = event.target instanceof Element ? event.target.closest('[data-field]') : null
          const field = target?.getAttribute('data-field') ?? undefined
          // A press of Enter is a click that no pointer made.
          onActivate(id, field, event.detail > 0 && field === undefined)
          if (spot !== undefined) spots?.onAdd(spot)
        }}
      >
        {children}
      </button>
      <Handle type="source" position={Position.Bottom} className={classes.end ?? ''} isConnectable={false} />
    </>
  )
}
