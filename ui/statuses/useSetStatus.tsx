import { useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { setCustomerStatus } from '../../api/contract/customers.ts'
import { undoStatusAct } from '../../api/contract/statusAutomation.ts'
import { call } from '../client/call.ts'
import { useActOnMany } from '../shared/useActOnMany.tsx'
import { useText } from '../shared/useText.tsx'

type Body = z.input<typeof setCustomerStatus.body>

/** Whom setting a status is about, as the API takes it. */
export type Whom = Pick<Body, 'customers' | 'search'>

export type Chosen = Body['status']

/** The lists that show statuses or are narrowed by them. */
const TOUCHED = ['customers', 'customer', 'segment', 'status-automation', 'timeline']

/** Sets the status of customers by hand, or hands it back; says for how many something changed, and offers to undo it. */
export function useSetStatus(whom: Whom, onDone: () => void = () => {}) {
  const text = useText()
  const queries = useQueryClient()
  return useActOnMany({
    run: (status: Chosen) => call(setCustomerStatus, { body: { ...whom, status } }),
    going: text('status.going'),
    done: ({ changed, act }) => ({
      message: text('status.done', { count: changed }),
      undo: act === null ? null : () => call(undoStatusAct, { params: { id: act } }),
      undone: text('status.undone'),
    }),
    refresh: () => {
      for (const name of TOUCHED) void queries.invalidateQueries({ queryKey: [name] })
    },
    onDone,
  })
}
