import { Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { setCustomerStatus } from '../../api/contract/customers.ts'
import { undoStatusAct } from '../../api/contract/statusAutomation.ts'
import { call } from '../client/call.ts'
import { notifyDone, useNotifyProblem } from '../shared/notify.ts'
import { useText } from '../shared/useText.tsx'

type Body = z.input<typeof setCustomerStatus.body>

/** Whom setting a status is about, as the API takes it. */
export type Whom = Pick<Body, 'customers' | 'search'>

export type Chosen = Body['status']

const STAYS = 12_000

/** What statuses change is asked for again: the lists that show them or are narrowed by them. */
function refresh(queries: QueryClient): void {
  for (const name of ['customers', 'customer', 'segment', 'status-automation', 'timeline']) {
    void queries.invalidateQueries({ queryKey: [name] })
  }
}

/** Sets the status of customers by hand, or hands it back; says for how many something changed, and offers to undo it. */
export function useSetStatus(whom: Whom, onDone: () => void = () => {}) {
  const text = useText()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const undo = async (act: string, id: string): Promise<void> => {
    notifications.hide(id)
    try {
      await call(undoStatusAct, { params: { id: act } })
      refresh(queries)
      notifyDone(text('status.undone'))
    } catch (error) {
      notifyProblem(error)
    }
  }
  return useMutation({
    mutationFn: (status: Chosen) => call(setCustomerStatus, { body: { ...whom, status } }),
    onSuccess: ({ changed, act }) => {
      refresh(queries)
      onDone()
      const id: string = notifications.show({
        color: 'green',
        autoClose: STAYS,
        message: (
          <Group justify="space-between" wrap="nowrap">
            <span>{text('status.done', { count: changed })}</span>
            {act !== null && (
              <Button variant="subtle" size="compact-sm" onClick={() => void undo(act, id)}>
                {text('status.undo')}
              </Button>
            )}
          </Group>
        ),
      })
    },
    onError: notifyProblem,
  })
}
