import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { previewContent } from '../../../api/contract/messages.ts'
import { call } from '../../client/call.ts'
import { isEmptyDocument, type MessageDocument } from '../document/document.ts'
import { toMessage } from '../document/keepAllowed.ts'

/** Strokes follow each other faster than this; the picture comes when they pause. */
const PAUSE = 450

/**
 * The message as the server renders it for one customer, a moment after the last stroke; the one before stays until then.
 *
 * @param template the template that is sent in place of the document
 * @param noSubject what stands for a subject that is not written yet: the server renders no mail without one
 */
export function usePreview(
  subject: string,
  document: MessageDocument,
  customer: string | undefined,
  noSubject: string,
  template: string | undefined,
) {
  const [content] = useDebouncedValue({ subject, document }, PAUSE)
  const message = {
    subject: content.subject.trim() === '' ? noSubject : content.subject,
    document: toMessage(content.document),
  }
  return useQuery({
    queryKey: ['campaign-preview', template ?? message, customer],
    queryFn: ({ signal }) =>
      call(previewContent, {
        body: {
          ...(template === undefined ? { content: message } : { template }),
          ...(customer !== undefined && { customer }),
        },
        signal,
      }),
    enabled: template !== undefined || !isEmptyDocument(content.document),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 30_000,
    retry: 1,
  })
}
