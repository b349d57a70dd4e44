import type { RecipientChoice } from '../../shared/recipients.ts'

/**
 * Under which name the server keeps the draft of a message: one for each segment written to, another for its loyalty
 * mailing, and one for each mailing that is changed or copied. Customers picked without a segment share one: whoever picks
 * one more customer must not lose what is written.
 */
export function draftName({ recipients, loyalty, edits, copies }: Omit<RecipientChoice, 'count' | 'label'>): string {
  if (edits !== undefined) return `edit:${edits.id}`
  if (copies !== undefined) return `copy:${copies}`
  const to = recipients.segment === undefined ? 'picked' : `segment:${recipients.segment}`
  const name = [to, ...(recipients.provider === undefined ? [] : [recipients.provider])]
  return [...name, ...(loyalty === undefined ? [] : ['loyalty'])].join('|')
}

/** Under which name this browser keeps it: drafts are their writer's own. */
export const draftKey = (user: string, name: string): string => `perennial.draft|${user}|${name}`
