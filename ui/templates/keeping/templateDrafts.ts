import type { TemplateDraft } from '../../../api/contract/templates.ts'
import { discardTemplateDraft, keepTemplateDraft } from '../../../api/contract/templateVersions.ts'
import { call } from '../../client/call.ts'
import type { DraftStore, KeptBy } from '../../shared/keeping/keeper.ts'
import { type Content, isSameContent } from '../mjml/draft.ts'

/** A draft as the keeper takes it. */
export type Kept = KeptBy & Pick<TemplateDraft, 'content' | 'base_version' | 'revision'>

/** What is on the page: the content, whether it is another than the published one, and the version it was made from. */
export type OnPage = { readonly content: Content; readonly changed: boolean; readonly base: number }

/** A draft of the API as the keeper takes it. */
export const keptTemplate = ({ updated_at, updated_by, ...draft }: TemplateDraft): Kept => ({
  ...draft,
  at: updated_at,
  by: updated_by,
})

/** How the draft of a template is kept. */
export const templateDrafts = (id: string): DraftStore<Kept, OnPage> => ({
  read: (answer) => keptTemplate(answer as TemplateDraft),
  isKept: ({ content, changed }, seen) =>
    changed ? seen !== null && isSameContent(seen.content, content) : seen === null,
  keep: async ({ content, changed, base }, seen) => {
    if (changed) {
      const body = { content, base_version: base, revision: seen?.revision ?? null }
      const kept = await call(keepTemplateDraft, { params: { id }, body })
      // What was sent is what is kept: the answer need not be compared with what is typed on meanwhile.
      return keptTemplate({ ...kept, content })
    }
    await call(discardTemplateDraft, { params: { id }, query: seen === null ? {} : { revision: seen.revision } })
    return null
  },
})
