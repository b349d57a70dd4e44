import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import { decideMany, putMember, removeMember, takeBackOverride } from '../../../api/contract/segmentMembers.ts'
import { call } from '../../client/call.ts'
import { segmentsQuery } from '../../client/segments.ts'
import { useNotifyProblem } from '../../shared/notify.ts'
import { useText } from '../../shared/useText.tsx'
import { useUndoNotice } from '../../shared/useUndoNotice.tsx'

/** A segment, with the provider where it is evaluated for each of them. */
export type Where = { readonly segment: string; readonly provider?: string | undefined }

export type Decision = 'in' | 'out' | 'rule'

/** Decisions to go back to: what was decided before, about whom. */
export type Before = readonly { readonly decision: Decision; readonly customers: readonly string[] }[]

const CALLS = { in: putMember, out: removeMember, rule: takeBackOverride } as const

/** What a decision changes is asked for again: the segment with its members, the overview, the customers' segments. */
function refresh(queries: QueryClient, segment: string): void {
  void queries.invalidateQueries({ queryKey: ['segment', segment] })
  void queries.invalidateQueries({ queryKey: segmentsQuery.queryKey })
  void queries.invalidateQueries({ queryKey: ['customer'] })
}

/** Says what was decided, with a button that goes back to what was before. */
export function useNotifyUndo(): (message: string, where: Where, before: Before) => void {
  const text = useText()
  const queries = useQueryClient()
  const notifyUndo = useUndoNotice()
  return (message, { segment, provider }, before) => {
    const again = () => refresh(queries, segment)
    again()
    const undo = async (): Promise<void> => {
      for (const { decision, customers } of before) {
        const body = { customers: [...customers], decision, ...(provider === undefined ? {} : { provider }) }
        await call(decideMany, { params: { id: segment }, body })
      }
    }
    notifyUndo({ message, undo: before.length > 0 ? undo : null, undone: text('byHand.undone'), refresh: again })
  }
}

/** Decides by hand about one customer of a segment. */
export function useDecide(where: Where & { readonly name: string }) {
  const text = useText()
  const notifyUndo = useNotifyUndo()
  const notifyProblem = useNotifyProblem()
  return useMutation({
    mutationFn: ({ customer, decision }: { customer: { id: string; name: string }; decision: Decision }) =>
      call(CALLS[decision], {
        params: { id: where.segment, customer: customer.id },
        query: where.provider === undefined ? {} : { provider: where.provider },
      }),
    onSuccess: ({ member, before, changed }, { customer }) => {
      const said = text(member ? 'byHand.nowIn' : 'byHand.nowOut', { name: customer.name, segment: where.name })
      notifyUndo(said, where, changed ? [{ decision: before, customers: [customer.id] }] : [])
    },
    onError: notifyProblem,
  })
}
