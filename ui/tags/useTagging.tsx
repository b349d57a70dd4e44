import { Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { tagCustomers, undoTagging } from '../../api/contract/tags.ts'
import { call } from '../client/call.ts'
import { notifyDone, useNotifyProblem } from '../shared/notify.ts'
import { useText } from '../shared/useText.tsx'

/** Whom tagging is about, as the API takes it. */
export type Whom = Pick<z.input<typeof tagCustomers.body>, 'customers' | 'search' | 'deliveries'>

export type Change = { add: string[]; remove: string[] }

const STAYS = 12_000

/** What tags change is asked for again: the lists that show them or are narrowed by them. */
function refresh(queries: QueryClient): void {
  for (const name of ['tags', 'customers', 'customer', 'segment']) void queries.invalidateQueries({ queryKey: [name] })
}

/** Tags customers, says for how many something changed, and offers to take it back. */
export function useTagging(whom: Whom, onDone: () => void = () => {}) {
  const text = useText()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const undo = async (tagging: string, id: string): Promise<void> => {
    notifications.hide(id)
    try {
      await call(undoTagging, { params: { id: tagging } })
      refresh(queries)
      notifyDone(text('tag.undone'))
    } catch (error) {
      notifyProblem(error)
    }
  }
  return useMutation({
    mutationFn: (change: Change) => call(tagCustomers, { body: { ...whom, ...change } }),
    onSuccess: ({ changed, tagging }) => {
      refresh(queries)
      onDone()
      const id: string = notifications.show({
        color: 'green',
        autoClose: STAYS,
        message: (
          <Group justify="space-between" wrap="nowrap">
            <span>{text('tag.done', { count: changed })}</span>
            {tagging !== null && (
              <Button variant="subtle" size="compact-sm" onClick={() => void undo(tagging, id)}>
                {text('tag.undo')}
              </Button>
            )}
          </Group>
        ),
      })
    },
    onError: notifyProblem,
  })
}
