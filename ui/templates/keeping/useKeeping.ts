import { useMemo, useRef, useState } from 'react'
import type { Template } from '../../../api/contract/templates.ts'
import type { Keeping } from '../../shared/keeping/keeper.ts'
import { useKeeper } from '../../shared/keeping/useKeeper.ts'
import { isChanged, type TemplateAction, type TemplateDraft } from '../mjml/draft.ts'
import { type Kept, keptTemplate, type OnPage, templateDrafts } from './templateDrafts.ts'

/** The draft on the page as the server keeps it. */
export type KeptDraft = {
  readonly keeping: Keeping<Kept>
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
  const kept = template.draft === null ? null : keptTemplate(template.draft)
  // Before the first version there is nothing to go back to: what began it stays a draft.
  const changed = isChanged(draft) || template.version === 0
  const begun = useRef(kept?.base_version ?? template.version)
  // a draft goes on from the version that was published when its first change was made
  if (!changed) begun.current = template.version
  const base = begun.current
  const page = useMemo<OnPage>(() => ({ content: draft.content, changed, base }), [draft.content, changed, base])
  const [store] = useState(() => templateDrafts(template.id))
  const { keeper, keeping, keep, isKept } = useKeeper(store, kept, page)

  return useMemo(() => {
    const replace = (content: TemplateDraft['content']) =>
      dispatch({ type: 'change', change: { kind: 'all', content }, label })
    return {
      keeping,
      base,
      flush: async () => {
        await keep()
        return isKept() ? keeper.seen?.revision : undefined
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
  }, [keeping, keeper, keep, isKept, base, template.version, dispatch, label, draft.saved])
}
