import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { previewContent } from '../../../api/contract/messages.ts'
import { call } from '../../client/call.ts'
import { isEmptyDocument } from '../document/document.ts'
import type { Message } from '../send/message.ts'

/** Strokes follow each other faster than this; the picture comes when they pause. */
const PAUSE = 450

/**
 * The message as the server renders it for one customer, a moment after the last stroke; the one before stays until then.
 *
 * @param message the same object as long as nothing is written
 * @param missing what stands for a subject or title that is not written yet: the server renders nothing without one
 */
export function usePreview(
  message: Message,
  { customer, provider }: { customer: string | undefined; provider: string | undefined },
  missing: string,
) {
  const [written] = useDebouncedValue(message, PAUSE)
  // another channel is looked at at once: its preview has nothing to do with the one before
  const looked = written.channel === message.channel ? written : message
  const body = { ...complete(looked, missing), customer, provider }
  return useQuery({
    queryKey: ['campaign-preview', body],
    queryFn: ({ signal }) => call(previewContent, { body, signal }),
    enabled: hasText(looked),
    placeholderData: (before, query) =>
      (query?.queryKey[1] as Message | undefined)?.channel === looked.channel ? keepPreviousData(before) : undefined,
    staleTime: 60_000,
    gcTime: 30_000,
    retry: 1,
  })
}

/** True when there is something to look at. */
export function hasText(message: Message): boolean {
  if ('template' in message) return true
  return message.channel === 'email' ? !isEmptyDocument(message.content.document) : message.content.text.trim() !== ''
}

function complete(message: Message, missing: string): Message {
  if ('template' in message || message.channel === 'sms') return message
  if (message.channel === 'email') {
    const { subject } = message.content
    return { ...message, content: { ...message.content, subject: subject === '' ? missing : subject } }
  }
  const { title } = message.content
  return { ...message, content: { ...message.content, title: title.trim() === '' ? missing : title } }
}
