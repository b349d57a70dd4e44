import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { type SignedIn, whoAmI } from '../../api/contract/access.ts'
import { call } from './call.ts'

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  // Without the signal: the answer is waited for by the router, whatever components come and go meanwhile.
  queryFn: () => call(whoAmI),
  staleTime: 5 * 60_000,
})

/** Who is signed in, and the business. Only for pages inside the shell, which are not shown before this is known. */
export function useSession(): SignedIn {
  return useSuspenseQuery(sessionQuery).data
}
