import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { TemplateDraft as Kept, Template } from '../../../api/contract/templates.ts'
import { waitForKeeping } from '../../client/versions.ts'
import { isChanged, type TemplateAction, type TemplateDraft } from '../mjml/draft.ts'
import { Keeper, type Keeping, type OnPage } from './keeper.ts'

/** A draft is kept when nothing has been changed for this long, and tried again after a failure, in milliseconds. */
const REST = 600
const AGAIN = 4_000

/** The draft on the page as the server keeps it. */
export type KeptDraft = {
  readonly keeping: Keeping
  /** The version that the draft was made from. */
  readonly base: number
  /** Keeps at once what is not kept yet. Returns the draft's revision when all is kept then. */
  readonly flush: () => Promise<number | undefined>
  /** After a conflict: goes on with the draft that somebody else has kept. */
  readonly takeTheirs: () => void
  /** After a conflict: replaces it by the one that is here. */
  readonly keepMine: () => void
  /** Back to the published content; undone like any other step. */
  readonly throwAway: () => void
  /** The draft was published. */
  readonly published: () => void
}

/**
 * Keeps the draft on the page by itself, so that a reload goes on where it was.
 *
 * @param label names the step by which a draft is replaced, for undo
 */
export function useKeeping(
  template: Template,
  draft: TemplateDraft,
  dispatch: (action: TemplateAction) => void,
  label: string,
): KeptDraft {
  const kept: Kept | null = template.draft
  const [keeping, tell] = useState<Keeping>(() => new Keeper(template.id, kept, () => {}).keeping)
  const [keeper] = useState(() => new Keeper(template.id, kept, tell))
  // Before the first version there is nothing to go back to: what began it stays a draft.
  const changed = isChanged(draft) || template.version === 0
  const begun = useRef(kept?.base_version ?? template.version)
  // a draft goes on from the version that was published when its first change was made
  if (!changed) begun.current = template.version
  const base = begun.current
  const now = useRef<OnPage>({ content: draft.content, changed, base })
  now.current = { content: draft.content, changed, base }
  const keep = useCallback(() => keeper.keep(() => now.current), [keeper])

  useEffect(() => {
    if (keeper.isKept({ content: draft.content, changed, base })) return
    const timer = setTimeout(keep, keeping.kind === 'failed' ? AGAIN : REST)
    return () => clearTimeout(timer)
  }, [keeper, keep, keeping, draft.content, changed, base])

  useEffect(
    () => () => {
      if (!keeper.isKept(now.current)) waitForKeeping(keep())
    },
    [keeper, keep],
  )

  return useMemo(() => {
    const replace = (content: TemplateDraft['content']) =>
      dispatch({ type: 'change', change: { kind: 'all', content }, label })
    return {
      keeping,
      base,
      flush: async () => {
        await keep()
        return keeper.isKept(now.current) ? keeper.seen?.revision : undefined
      },
      takeTheirs: () => {
        const theirs = keeping.kind === 'conflict' ? keeping.theirs : null
        keeper.see(theirs)
        begun.current = theirs?.base_version ?? template.version
        replace(theirs?.content ?? draft.saved)
      },
      keepMine: () => {
        keeper.see(keeping.kind === 'conflict' ? keeping.theirs : null)
        void keep()
      },
      throwAway: () => replace(draft.saved),
      published: () => keeper.see(null),
    }
  }, [keeping, keeper, keep, base, template.version, dispatch, label, draft.saved])
}
