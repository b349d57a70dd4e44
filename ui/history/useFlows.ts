import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getFlows } from '../../api/contract/segmentHistory.ts'
import { call } from '../client/call.ts'
import type { Period } from './period.ts'

export type FlowsAsked = Period & { segments: readonly string[]; provider: string | undefined }

/** Who became what between the picked segments; nothing is asked while none are picked. */
export function useFlows(asked: FlowsAsked, enabled: boolean) {
  return useQuery({
    queryKey: ['flows', asked],
    queryFn: ({ signal }) => call(getFlows, { query: { ...asked, segments: [...asked.segments] }, signal }),
    enabled,
    placeholderData: keepPreviousData,
  })
}
