import type { Segment } from '../domain/segments/readSegments.ts'

/** A segment as the contract shows it. */
export const shownSegment = (segment: Segment) => ({
  id: segment.key,
  name: segment.name,
  note: segment.note,
  scope: segment.scope,
  rule: segment.rule,
  version: segment.version,
  members: segment.members,
  recalculation: segment.recalculation,
  created_at: segment.createdAt.toISOString(),
  last_recalculated_at: segment.recalculatedAt?.toISOString() ?? null,
  next_recalculation_at: segment.nextRecalculationAt?.toISOString() ?? null,
  recomputing: segment.recomputing,
  draft: segment.draft && {
    base_version: segment.draft.baseVersion,
    revision: segment.draft.revision,
    updated_at: segment.draft.updatedAt.toISOString(),
    updated_by: segment.draft.updatedBy,
  },
})
