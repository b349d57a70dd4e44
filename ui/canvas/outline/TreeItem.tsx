import type { CSSProperties, MouseEvent, ReactNode } from 'react'
import { isSelected } from '../flow/focus.ts'
import { useStoreValue } from '../flow/store.ts'
import { cardOf, type OutlineLine } from './lines.ts'
import classes from './outline.module.css'
import { useOutline } from './outlineContext.ts'

/** Deeper lines are not set in further: there would be no room left for their words. */
const DEEPEST = 10

type Props = {
  line: OutlineLine
  /** What is announced. */
  label: string
  /** The id of an element that says more. */
  describedBy?: string | undefined
  /** Whether a group shows what is in it. */
  expanded?: boolean | undefined
  problem?: boolean
  children: ReactNode
}

/** An item of the tree, whatever stands on it: its place, the one tab stop, the keys, clicks. */
export function TreeItem({ line, label, describedBy, expanded, problem = false, children }: Props) {
  const { focus, onKey, onClick, fold, openMenu } = useOutline()
  const id = cardOf(line)
  const current = useStoreValue(focus.store, (state) => state.current === id)
  const selected = useStoreValue(focus.store, (state) => isSelected(state, id))
  const hinted = useStoreValue(focus.store, (state) => state.hinted.has(id))
  const depth = { '--depth': Math.min(line.level - 1, DEEPEST) } as CSSProperties
  return (
    <div
      role="treeitem"
      data-card={id}
      className={classes.line}
      style={depth}
      tabIndex={current ? 0 : -1}
      aria-label={label}
      aria-describedby={describedBy}
      aria-level={line.level}
      aria-posinset={line.position}
      aria-setsize={line.size}
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
      onKeyDown={(event) => onKey(line, event)}
      onClick={(event) => {
        const field = clicked(event, '[data-field]')?.getAttribute('data-field') ?? undefined
        if (line.kind === 'group' && clicked(event, '[data-fold]')) fold(line)
        else onClick(line, { field, toggles: event.shiftKey || event.ctrlKey || event.metaKey })
      }}
      onContextMenu={(event) => {
        if (line.kind === 'add') return
        event.preventDefault()
        openMenu(line, event.currentTarget.querySelector('[aria-haspopup]') ?? event.currentTarget)
      }}
    >
      {children}
    </div>
  )
}

const clicked = ({ target }: MouseEvent, what: string): Element | null =>
  target instanceof Element ? target.closest(what) : null
