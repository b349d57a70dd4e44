import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Segment } from '../../../api/contract/segments.ts'
import type { Draft as Kept } from '../../../api/contract/segmentVersions.ts'
import type { Rule } from '../../../rules/rule.ts'
import { waitForKeeping } from '../../client/versions.ts'
import { type Draft, type DraftAction, isChanged } from '../rule/draft.ts'
import { isDrawable } from './drawable.ts'
import { Keeper, type Keeping, type OnCanvas } from './keeper.ts'

/** A draft is kept when nothing has been changed for this long, and tried again after a failure, in milliseconds. */
const REST = 700
const AGAIN = 4_000

/** The draft on the canvas as the server keeps it. */
export type KeptDraft = {
  readonly keeping: Keeping
  /** The version that the draft was made from. */
  readonly base: number
  /** Keeps at once what is not kept yet. Returns whether all is kept then. */
  readonly flush: () => Promise<boolean>
  /** After a conflict: goes on with the draft that somebody else has kept. */
  readonly takeTheirs: () => void
  /** After a conflict: replaces it by the one that is here. */
  readonly keepMine: () => void
  /** Back to the published rule; undone like any other step. */
  readonly throwAway: () => void
  /** The draft was published. */
  readonly published: () => void
}

/**
 * Keeps the draft on the canvas by itself, so that a reload goes on where it was.
 *
 * @param kept the draft that was there when the page was opened
 * @param label names the step by which a draft is replaced, for undo
 */
export function useKeeping(
  segment: Segment,
  kept: Kept | null,
  draft: Draft,
  dispatch: (action: DraftAction) => void,
  label: string,
): KeptDraft {
  const [keeping, tell] = useState<Keeping>(() => new Keeper(segment.id, kept, () => {}).keeping)
  const [keeper] = useState(() => new Keeper(segment.id, kept, tell))
  const changed = isChanged(draft)
  const begun = useRef(kept?.base_version ?? segment.version)
  // a draft goes on from the version that was published when its first change was made
  if (!changed) begun.current = segment.version
  const base = begun.current
  const now = useRef<OnCanvas>({ rule: draft.rule, changed, base })
  now.current = { rule: draft.rule, changed, base }
  const keep = useCallback(() => keeper.keep(() => now.current), [keeper])
  const isStored = segment.id !== ''

  useEffect(() => {
    if (!isStored || keeper.isKept({ rule: draft.rule, changed, base })) return
    const timer = setTimeout(keep, keeping.kind === 'failed' ? AGAIN : REST)
    return () => clearTimeout(timer)
  }, [isStored, keeper, keep, keeping, draft.rule, changed, base])

  useEffect(
    () => () => {
      if (isStored && !keeper.isKept(now.current)) waitForKeeping(keep())
    },
    [isStored, keeper, keep],
  )

  const replace = useCallback(
    (rule: Rule) => dispatch({ type: 'change', command: { kind: 'replace', path: '', rule }, label }),
    [dispatch, label],
  )
  return useMemo(
    () => ({
      keeping,
      base,
      flush: async () => {
        await keep()
        return keeper.isKept(now.current)
      },
      takeTheirs: () => {
        const theirs = keeping.kind === 'conflict' ? keeping.theirs : null
        keeper.see(theirs)
        begun.current = theirs?.base_version ?? segment.version
        replace(isDrawable(theirs?.rule) ? theirs.rule : draft.saved)
      },
      keepMine: () => {
        keeper.see(keeping.kind === 'conflict' ? keeping.theirs : null)
        void keep()
      },
      throwAway: () => replace(draft.saved),
      published: () => keeper.see(null),
    }),
    [keeping, keeper, keep, base, segment.version, replace, draft.saved],
  )
}
