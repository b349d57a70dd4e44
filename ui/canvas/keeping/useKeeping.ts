import { useMemo, useRef, useState } from 'react'
import { useKeeper } from '../../shared/keeping/useKeeper.ts'
import { isChanged } from '../editing/draft.ts'
import { type DraftCalls, type Keeping, type Kept, type OnCanvas, treeDrafts } from './keeper.ts'

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
  /** The newest version that is published; 0 before the first: then all of it is a draft. */
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
  const { tree, saved } = draft
  const changed = version === 0 || isChanged(draft)
  const begun = useRef(kept?.base ?? version)
  // a draft goes on from the version that was published when its first change was made
  if (!changed) begun.current = version
  const base = begun.current
  const page = useMemo<OnCanvas>(() => ({ tree, changed, base }), [tree, changed, base])
  const [store] = useState(() => treeDrafts(calls))
  const { keeper, keeping, keep, isKept } = useKeeper(store, kept, page, isStored)

  return useMemo(
    () => ({
      keeping,
      base,
      flush: async () => {
        await keep()
        return isKept()
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
    [keeping, keeper, keep, isKept, base, version, replace, isTree, saved],
  )
}
