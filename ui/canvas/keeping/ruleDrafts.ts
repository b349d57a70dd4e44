import { type Draft, discardDraft, keepDraft } from '../../../api/contract/segmentVersions.ts'
import type { Rule } from '../../../rules/rule.ts'
import { call } from '../../client/call.ts'
import { asJson } from '../../client/versions.ts'
import type { DraftCalls, Kept } from './keeper.ts'

/** The draft of a segment's rule as the keeper takes it. */
export const keptRule = ({ rule, base_version, revision, updated_at, updated_by }: Draft): Kept => ({
  tree: rule,
  base: base_version,
  revision,
  at: updated_at,
  by: updated_by,
})

/** How the draft of a segment's rule is kept. */
export const ruleDraftCalls = (id: string): DraftCalls => ({
  put: async ({ tree, base, revision }) =>
    keptRule(
      await call(keepDraft, {
        params: { id },
        body: { rule: asJson(tree as Rule), base_version: base, revision },
      }),
    ),
  discard: (revision) => call(discardDraft, { params: { id }, query: revision === null ? {} : { revision } }),
  read: (answer) => keptRule(answer as Draft),
})
