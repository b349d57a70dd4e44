import type { RecipientChoice } from '../../shared/recipients.ts'

/**
 * Under which name the draft of a mail is kept: one for each person who writes and each segment written to, another for
 * its loyalty mailing. Customers picked without a segment share one: whoever picks one more customer must not lose what
 * is written.
 */
export function draftKey(
  user: string,
  { recipients, loyalty }: Pick<RecipientChoice, 'recipients' | 'loyalty'>,
): string {
  const to = recipients.segment === undefined ? 'picked' : `segment:${recipients.segment}`
  const key = ['perennial.draft', user, to, ...(recipients.provider === undefined ? [] : [recipients.provider])]
  return [...key, ...(loyalty === undefined ? [] : ['loyalty'])].join('|')
}
