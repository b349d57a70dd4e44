import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { type Explanation, explainMember } from '../../../api/contract/segments.ts'
import type { Rule } from '../../../rules/rule.ts'
import { call } from '../../client/call.ts'
import type { Store } from '../flow/store.ts'
import { type CustomerWay, customerWay } from './customerWay.ts'

/** Who is followed through the rule. */
export type Followed = { readonly id: string; readonly name: string }

/**
 * Lights the way of a customer through the rule as it is stored.
 * @returns why they are in the segment or not; undefined while that is on its way
 */
export function useCustomerWay(
  segmentId: string,
  version: number,
  saved: Rule,
  followed: Followed | null,
  way: Store<CustomerWay | null>,
): { explanation: Explanation | undefined; error: unknown } {
  const query = useQuery({
    queryKey: ['explain', segmentId, version, followed?.id],
    queryFn: ({ signal }) =>
      call(explainMember, { params: { id: segmentId }, query: { customer: followed?.id ?? '' }, signal }),
    enabled: followed !== null,
  })
  const explanation = followed === null ? undefined : query.data

  useEffect(() => {
    const holds = explanation && new Map(explanation.nodes.map((node) => [node.path, node.holds]))
    way.set(holds ? customerWay(saved, holds) : null)
  }, [explanation, saved, way])

  return { explanation, error: followed === null ? null : query.error }
}
