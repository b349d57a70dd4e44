import type { Recipients } from '../../../api/contract/campaigns.ts'

/**
 * Under which name the draft of a mail is kept: one for each person who writes and each segment written to. Customers
 * picked without a segment share one: whoever picks one more customer must not lose what is written.
 */
export function draftKey(user: string, recipients: Recipients): string {
  const to = recipients.segment === undefined ? 'picked' : `segment:${recipients.segment}`
  return ['perennial.draft', user, to, ...(recipients.provider === undefined ? [] : [recipients.provider])].join('|')
}
