import { useQuery } from '@tanstack/react-query'
import { getCatalogue } from '../../../api/contract/catalogue.ts'
import { call } from '../../client/call.ts'
import { useLanguage } from '../../shared/useLanguage.ts'

/** All facts that a condition can ask for, in the reader's language. */
export function useCatalogue() {
  const [language] = useLanguage()
  return useQuery({
    queryKey: ['catalogue', language],
    queryFn: ({ signal }) => call(getCatalogue, { query: { language }, signal }),
    staleTime: 60_000,
  })
}
