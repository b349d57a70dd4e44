import type { DraftStore, Keeping as KeepingOf } from '../../shared/keeping/keeper.ts'

/** A draft as the server keeps it: of what it was made, when and by whom; `revision` only says “the one that was seen”. */
export type Kept = {
  /** It may be anything: drafts also come in by the API. */
  readonly tree: unknown
  readonly base: number
  readonly revision: number
  readonly at: string
  readonly by: string
}

/** How the draft on the canvas stands to the one that the server keeps. */
export type Keeping = KeepingOf<Kept>

/** What is on the canvas: the tree, whether it is another than the published one, and the version it was made from. */
export type OnCanvas = { readonly tree: unknown; readonly changed: boolean; readonly base: number }

/** The calls by which the drafts of one thing are kept. Null stands for no draft that has been seen. */
export type DraftCalls = {
  readonly put: (draft: { tree: unknown; base: number; revision: number | null }) => Promise<Kept>
  readonly discard: (revision: number | null) => Promise<unknown>
  /** A draft in an answer that says another one is kept. */
  readonly read: (answer: unknown) => Kept
}

/** How the draft of a tree is kept by these calls. */
export const treeDrafts = ({ put, discard, read }: DraftCalls): DraftStore<Kept, OnCanvas> => ({
  read,
  isKept: ({ tree, changed }, seen) => (changed ? isSame(seen?.tree, tree) : seen === null),
  keep: async ({ tree, changed, base }, seen) => {
    const revision = seen?.revision ?? null
    if (changed) return put({ tree, base, revision })
    await discard(revision)
    return null
  },
})

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)
