import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { customerQuery } from '../client/customers.ts'
import type { Followed } from './rule/useCustomerWay.ts'

/** The customer whose way is lit, kept in the address: `?customer=`. */
export function useFollowed(segmentId: string): [Followed | null, (id: string | null) => void] {
  const { customer: id } = useSearch({ from: '/shell/segments/$id/rule' })
  const navigate = useNavigate()
  const customer = useQuery({ ...customerQuery(id ?? ''), enabled: id !== undefined })
  const name = customer.data?.name ?? id
  const followed = useMemo(() => (id === undefined || name === undefined ? null : { id, name }), [id, name])
  const follow = useCallback(
    (next: string | null) => {
      const search = next === null ? {} : { customer: next }
      void navigate({ to: '/segments/$id/rule', params: { id: segmentId }, search, replace: true })
    },
    [navigate, segmentId],
  )
  return [followed, follow]
}
