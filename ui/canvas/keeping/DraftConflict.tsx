import type { ReactNode } from 'react'
import { ConflictDialog } from '../../shared/keeping/ConflictDialog.tsx'
import type { KeptDraft } from './useKeeping.ts'

type Props = {
  draft: KeptDraft
  /** How what somebody else has kept differs from what is here, in words; null where it can't be drawn. */
  difference: (theirs: unknown) => ReactNode
  opened: boolean
  onClose: () => void
}

/** Somebody else has kept another draft of what is on the canvas. */
export function DraftConflict({ draft, difference, opened, onClose }: Props) {
  const { keeping } = draft
  const theirs = keeping.kind === 'conflict' ? keeping.theirs : null
  const differs = theirs && difference(theirs.tree)
  return <ConflictDialog draft={draft} opened={opened} onClose={onClose} difference={differs} />
}
