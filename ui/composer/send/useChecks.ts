import { useQuery } from '@tanstack/react-query'
import { checkCampaign } from '../../../api/contract/checks.ts'
import { call } from '../../client/call.ts'
import type { Message } from './message.ts'

/** What the server finds about a mail and its sender, asked once when somebody is about to send it. */
export const useChecks = (message: Message) =>
  useQuery({
    queryKey: ['check', message],
    queryFn: ({ signal }) => call(checkCampaign, { body: bodyOf(message), signal }),
    enabled: message.channel === 'email',
    staleTime: 60_000,
    retry: false,
  })

function bodyOf(message: Message) {
  if ('template' in message) return { template: message.template, subject: message.subject }
  if (message.channel === 'email') return { content: message.content }
  throw new Error('Only mails are looked at')
}
