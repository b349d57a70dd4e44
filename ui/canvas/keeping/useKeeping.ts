import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { waitForKeeping } from '../../client/versions.ts'
import { isChanged } from '../editing/draft.ts'
import { type DraftCalls, Keeper, type Keeping, type Kept, type OnCanvas } from './keeper.ts'

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
  /** Back to what is published; undone like any other step. */
  readonly throwAway: () => void
  /** The draft was published. */
  readonly published: () => void
}

type Options<Tree> = {
  /** Whether the thing is stored: drafts of what is not are not kept. */
  isStored: boolean
  calls: DraftCalls
  /** The newest version that is published. */
  version: number
  /** The draft that was there when the page was opened. */
  kept: Kept | null
  draft: { readonly tree: Tree; readonly saved: Tree }
  /** Puts another tree in the place of the one on the canvas, as a step that can be undone. */
  replace: (tree: Tree) => void
  /** Whether what somebody else has kept can be drawn. */
  isTree: (json: unknown) => json is Tree
}

/** Keeps the draft on the canvas by itself, so that a reload goes on where it was. */
export function useKeeping<Tree>(options: Options<Tree>): KeptDraft {
  const { isStored, calls, version, kept, draft, replace, isTree } = options
  const [keeping, tell] = useState<Keeping>(() => new Keeper(calls, kept, () => {}).keeping)
  const [keeper] = useState(() => new Keeper(calls, kept, tell))
  const { tree, saved } = draft
  const changed = isChanged(draft)
  const begun = useRef(kept?.base ?? version)
  // a draft goes on from the version that was published when its first change was made
  if (!changed) begun.current = version
  const base = begun.current
  const now = useRef<OnCanvas>({ tree, changed, base })
  now.current = { tree, changed, base }
  const keep = useCallback(() => keeper.keep(() => now.current), [keeper])

  useEffect(() => {
    if (!isStored || keeper.isKept({ tree, changed, base })) return
    const timer = setTimeout(keep, keeping.kind === 'failed' ? AGAIN : REST)
    return () => clearTimeout(timer)
  }, [isStored, keeper, keep, keeping, tree, changed, base])

  useEffect(
    () => () => {
      if (isStored && !keeper.isKept(now.current)) waitForKeeping(keep())
    },
    [isStored, keeper, keep],
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
        begun.current = theirs?.base ?? version
        const tree = theirs?.tree
        replace(isTree(tree) ? tree : saved)
      },
      keepMine: () => {
        keeper.see(keeping.kind === 'conflict' ? keeping.theirs : null)
        void keep()
      },
      throwAway: () => replace(saved),
      published: () => keeper.see(null),
    }),
    [keeping, keeper, keep, base, version, replace, isTree, saved],
  )
}
