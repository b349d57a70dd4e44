import { useQuery } from '@tanstack/react-query'
import { providersQuery } from '../client/providers.ts'

/** The provider whose customers are meant: the one in the address, or the only one there is; null when none is chosen. */
export function useChosenProvider(asked: string | undefined): string | null {
  const { data } = useQuery(providersQuery)
  const [only, ...others] = data?.items ?? []
  if (asked !== undefined) return asked
  return only !== undefined && others.length === 0 ? only.id : null
}
