import { queryOptions } from '@tanstack/react-query'
import { getSegment, type Segment } from '../../api/contract/segments.ts'
import { compareRules, getDraft, listVersions } from '../../api/contract/segmentVersions.ts'
import type { Rule } from '../../rules/rule.ts'
import { call } from './call.ts'

/** More versions than anybody scrolls through. */
const VERSIONS = 200

/** The versions of a segment's rule, newest first. */
export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['segment', id, 'versions'],
    queryFn: ({ signal }) => call(listVersions, { params: { id }, query: { limit: VERSIONS }, signal }),
  })

let keeping: Promise<unknown> = Promise.resolve()

/** A draft that is being kept as its page is left is waited for by whoever opens it again. */
export function waitForKeeping(kept: Promise<unknown>): void {
  keeping = kept.catch(() => {})
}

/** Resolves when nothing is being kept any more. */
export const keepingDone = (): Promise<unknown> => keeping

/** The segment as it is now, and the draft of another rule for it; null when nobody is working on one. */
export const draftQuery = (id: string) =>
  queryOptions({
    queryKey: ['segment', id, 'draft'],
    queryFn: async ({ signal }) => {
      await keeping
      const segment = await call(getSegment, { params: { id }, signal })
      return segment.draft === null ? null : await call(getDraft, { params: { id }, signal })
    },
    gcTime: 0,
  })

/** A rule as the API takes it. */
export const asJson = (rule: Rule) => rule as Record<string, unknown>

/** What changed between two rules of a segment, and who would enter and leave. */
export const comparisonQuery = (segment: Pick<Segment, 'id' | 'scope'>, before: Rule, after: Rule) =>
  queryOptions({
    queryKey: ['segment', segment.id, 'compare', before, after],
    queryFn: ({ signal }) =>
      call(compareRules, {
        body: { before: asJson(before), after: asJson(after), scope: segment.scope, segment: segment.id },
        signal,
      }),
    retry: false,
  })
