import { useQuery } from '@tanstack/react-query'
import { checkCampaign } from '../../../api/contract/checks.ts'
import { call } from '../../client/call.ts'
import { type Content, messageOf } from './useSend.ts'

/** What the server finds about a message and its sender, asked once when somebody is about to send it. */
export const useChecks = (content: Content) =>
  useQuery({
    queryKey: ['check', content],
    queryFn: ({ signal }) => call(checkCampaign, { body: messageOf(content), signal }),
    staleTime: 60_000,
    retry: false,
  })
