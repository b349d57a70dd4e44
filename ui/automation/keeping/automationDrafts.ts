import { type AutomationDraft, discardAutomationDraft, keepAutomationDraft } from '../../../api/contract/automations.ts'
import type { DraftCalls, Kept } from '../../canvas/keeping/keeper.ts'
import { call } from '../../client/call.ts'

/** The draft of an automation as the keeper takes it. */
export const keptAutomation = (draft: AutomationDraft): Kept => ({
  tree: draft.definition,
  base: draft.base_version,
  revision: draft.revision,
  at: draft.updated_at,
  by: draft.updated_by,
})

/**
 * How the draft of an automation is kept.
 * @param onKept the draft that stands there now, so that it is there when the page comes back to it
 */
export const automationDraftCalls = (id: string, onKept: (draft: AutomationDraft | null) => void): DraftCalls => ({
  put: async ({ tree, base, revision }) => {
    const draft = await call(keepAutomationDraft, {
      params: { id },
      body: { definition: tree as Record<string, unknown>, base_version: base, revision },
    })
    onKept(draft)
    return keptAutomation(draft)
  },
  discard: async (revision) => {
    await call(discardAutomationDraft, { params: { id }, query: revision === null ? {} : { revision } })
    onKept(null)
  },
  read: (answer) => keptAutomation(answer as AutomationDraft),
})
