import type { LinkProps } from '@tanstack/react-router'
import type { RecipientChoice } from '../shared/recipients.ts'

/** The page on which the recipients of a mail were chosen. */
export function backFrom(choice: RecipientChoice | null): Pick<LinkProps, 'to' | 'params' | 'search'> {
  const { segment, provider } = choice?.recipients ?? {}
  if (choice?.loyalty !== undefined && provider !== undefined) return { to: '/loyalty', search: { provider } }
  return segment === undefined ? { to: '/segments' } : { to: '/segments/$id', params: { id: segment } }
}
