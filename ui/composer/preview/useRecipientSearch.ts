import { useQuery } from '@tanstack/react-query'
import { searchCustomers } from '../../../api/contract/customerList.ts'
import { type CustomerFilter, getCustomer } from '../../../api/contract/customers.ts'
import type { Recipients } from '../../../api/contract/orders.ts'
import { listMembers } from '../../../api/contract/segments.ts'
import { call } from '../../client/call.ts'
import { filterToQuery } from '../../shared/filter/customerFilter.ts'
import { recipientsKey } from '../audience/recipientsKey.ts'

/** A recipient to look at the mail as. */
export type Person = { id: string; name: string; email: string | null }

/** As many as fit into a list that is read, not scrolled through. */
const SHOWN = 20

/** Those of the recipients whose name, address or id begins with `text`, by name; up to 20 of them. */
export function useRecipientSearch(recipients: Recipients, text: string) {
  return useQuery({
    queryKey: ['recipient-search', recipientsKey(recipients), text],
    queryFn: ({ signal }) => findRecipients(recipients, text.trim(), signal),
    staleTime: 30_000,
  })
}

async function findRecipients(recipients: Recipients, text: string, signal: AbortSignal): Promise<Person[]> {
  const { customers, segment, provider } = recipients
  if (customers !== undefined && text === '') return readPicked(customers.slice(0, SHOWN), signal)
  const { status, ...searched } = recipients.search ?? {}
  const filter: CustomerFilter = { ...searched, ...recipients.filter, ...(text !== '' && { text }) }
  const picked = customers === undefined ? null : new Set(customers)
  // Picked customers are looked for among all that match; the API has no list of customers by id.
  const limit = picked === null ? SHOWN : 500
  const found =
    segment === undefined || picked !== null
      ? await call(searchCustomers, {
          body: { limit, status, ...(segment !== undefined && { segment }), filter },
          signal,
        })
      : await call(listMembers, {
          params: { id: segment },
          query: { limit, ...filterToQuery(filter), provider },
          signal,
        })
  return found.items.filter(({ id }) => picked === null || picked.has(id)).slice(0, SHOWN)
}

async function readPicked(ids: readonly string[], signal: AbortSignal): Promise<Person[]> {
  const found = await Promise.allSettled(ids.map((id) => call(getCustomer, { params: { id }, signal })))
  return found.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
}
