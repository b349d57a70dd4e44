import type { CSSProperties, KeyboardEvent, MouseEvent, ReactNode } from 'react'
import { type CanvasFocus, isSelected } from '../flow/focus.ts'
import { useStoreValue } from '../flow/store.ts'
import classes from './outline.module.css'
import type { Click } from './outlineContext.ts'

/** Deeper lines are not set in further: there would be no room left for their words. */
const DEEPEST = 10

type Props = {
  /** The card that it stands for. */
  id: string
  level: number
  position: number
  size: number
  focus: CanvasFocus
  /** What is announced. */
  label: string
  /** The id of an element that says more. */
  describedBy?: string | undefined
  /** Whether a group shows what is in it. */
  expanded?: boolean | undefined
  problem?: boolean
  onKey: (event: KeyboardEvent) => void
  onClick: (click: Click) => void
  /** Folds it, or unfolds it; undefined for what is no group. */
  onFold?: (() => void) | undefined
  /** Opens its menu at an element of it; undefined where there is none. */
  onMenu?: ((at: Element) => void) | undefined
  children: ReactNode
}

/** An item of the tree, whatever stands on it: its place, the one tab stop, the keys, clicks. */
export function TreeItem(props: Props) {
  const { id, level, position, size, focus, label, describedBy, expanded, problem = false, children } = props
  const { onKey, onClick, onFold, onMenu } = props
  const current = useStoreValue(focus.store, (state) => state.current === id)
  const selected = useStoreValue(focus.store, (state) => isSelected(state, id))
  const hinted = useStoreValue(focus.store, (state) => state.hinted.has(id))
  const depth = { '--depth': Math.min(level - 1, DEEPEST) } as CSSProperties
  return (
    <div
      role="treeitem"
      data-card={id}
      className={classes.line}
      style={depth}
      tabIndex={current ? 0 : -1}
      aria-label={label}
      aria-describedby={describedBy}
      aria-level={level}
      aria-posinset={position}
      aria-setsize={size}
      aria-expanded={expanded}
      aria-selected={selected}
      data-hinted={hinted || undefined}
      data-problem={problem || undefined}
      onFocus={({ currentTarget }) => {
        const state = focus.store.get()
        if (state.current !== id) focus.store.set({ ...state, current: id })
        currentTarget.scrollIntoView({ block: 'nearest' })
      }}
      onPointerEnter={() => focus.onPoint(id)}
      onPointerLeave={() => focus.onPoint(null)}
      onKeyDown={onKey}
      onClick={(event) => {
        const field = clicked(event, '[data-field]')?.getAttribute('data-field') ?? undefined
        if (onFold && clicked(event, '[data-fold]')) onFold()
        else onClick({ field, toggles: event.shiftKey || event.ctrlKey || event.metaKey })
      }}
      onContextMenu={(event) => {
        if (!onMenu) return
        event.preventDefault()
        onMenu(event.currentTarget.querySelector('[aria-haspopup]') ?? event.currentTarget)
      }}
    >
      {children}
    </div>
  )
}

const clicked = ({ target }: MouseEvent, what: string): Element | null =>
  target instanceof Element ? target.closest(what) : null
