import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type CustomerFacet, getCustomerFacet } from '../../api/contract/customerList.ts'
import type { CustomerSearch } from '../../api/contract/customers.ts'
import { call } from '../client/call.ts'
import { searchToQuery } from './listState.ts'

/**
 * What a filter can be set to, each choice with how many customers it leaves. Counted when somebody opens it: a list is not
 * slower for what nobody looks at.
 */
export function useFacet(facet: CustomerFacet, search: CustomerSearch) {
  const [isWanted, want] = useState(false)
  const query = useQuery({
    queryKey: ['customers', 'facet', facet, search],
    queryFn: ({ signal }) => call(getCustomerFacet, { query: { ...searchToQuery(search), facet }, signal }),
    enabled: isWanted,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  })
  return { choices: query.data?.items, isLoading: query.isPending, onOpen: () => want(true) }
}
