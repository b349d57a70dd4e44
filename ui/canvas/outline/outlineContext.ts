import { createContext, type KeyboardEvent, useContext } from 'react'
import type { Rule } from '../../../rules/rule.ts'
import type { Act } from '../editing/keys.ts'
import type { CanvasFocus } from '../flow/focus.ts'
import type { NodeLine, OutlineLine } from './lines.ts'
import type { Mark } from './marks.ts'

/** What is known, at each node, of the customer who is followed. */
export type FollowedMarks = { readonly markOf: (rule: Rule) => Mark | undefined }

/** How a line was clicked: on a pill, with Shift or Ctrl. */
export type Click = { readonly field: string | undefined; readonly toggles: boolean }

/** What clicks and keys do on lines. */
export type OutlineActs = {
  readonly onClick: (line: OutlineLine, click: Click) => void
  readonly onKey: (line: OutlineLine, event: KeyboardEvent) => void
  /** Does a command with what is selected. */
  readonly run: (line: OutlineLine, act: Act) => void
  /** Folds a group or unfolds it. */
  readonly fold: (line: NodeLine) => void
  /** Opens the menu of a line at an element of it. */
  readonly openMenu: (line: NodeLine, at: Element) => void
}

/** What the lines of an outline share. */
export type Outline = OutlineActs & { readonly focus: CanvasFocus; readonly followed: FollowedMarks | null }

export const OutlineContext = createContext<Outline | null>(null)

/** For lines: only in an outline. */
export function useOutline(): Outline {
  const outline = useContext(OutlineContext)
  if (!outline) throw new Error('A line stands in an outline')
  return outline
}
