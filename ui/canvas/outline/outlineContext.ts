import { createContext, type KeyboardEvent, useContext } from 'react'
import type { Rule } from '../../../rules/rule.ts'
import type { CanvasFocus } from '../flow/focus.ts'
import type { NodeLine, OutlineLine } from './lines.ts'
import type { Mark } from './marks.ts'

/** Whose marks stand on the lines. */
export type FollowedMarks = { readonly name: string; readonly markOf: (rule: Rule) => Mark | undefined }

/** What the lines of an outline share. */
export type Outline = {
  readonly focus: CanvasFocus
  readonly followed: FollowedMarks | null
  /** A line was clicked, or Enter was pressed on it; `field` is the pill that was clicked. */
  readonly activate: (line: OutlineLine, field: string | undefined) => void
  /** Folds a group or unfolds it. */
  readonly fold: (line: NodeLine) => void
  readonly onKey: (line: OutlineLine, event: KeyboardEvent) => void
}

export const OutlineContext = createContext<Outline | null>(null)

/** For lines: only in an outline. */
export function useOutline(): Outline {
  const outline = useContext(OutlineContext)
  if (!outline) throw new Error('A line stands in an outline')
  return outline
}
