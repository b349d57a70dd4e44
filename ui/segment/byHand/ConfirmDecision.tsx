import { Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { CustomerSearch } from '../../../api/contract/customers.ts'
import { decideMany } from '../../../api/contract/segmentMembers.ts'
import { call } from '../../client/call.ts'
import { ErrorState } from '../../shared/ErrorState.tsx'
import { RowsLoading } from '../../shared/Loading.tsx'
import { useNotifyProblem } from '../../shared/notify.ts'
import { useText } from '../../shared/useText.tsx'
import { Effect } from './Effect.tsx'
import { useNotifyUndo, type Where } from './useDecide.tsx'

/** Whom a decision is about: some, or all whom a search finds. */
export type Whom = { readonly customers: readonly string[] } | { readonly search: CustomerSearch }

type Props = { where: Where; whom: Whom; decision: 'in' | 'out'; onDone: () => void; onCancel: () => void }

/** Says what a decision about many would change, and asks for it. */
export function ConfirmDecision({ where: { segment, provider }, whom, decision, onDone, onCancel }: Props) {
  const text = useText()
  const notifyUndo = useNotifyUndo()
  const notifyProblem = useNotifyProblem()
  const decide = (isDry: boolean) =>
    call(decideMany, {
      params: { id: segment },
      body: {
        ...('customers' in whom ? { customers: [...whom.customers] } : whom),
        ...(provider === undefined ? {} : { provider }),
        decision,
        dry_run: isDry,
      },
    })
  const effect = useQuery({
    queryKey: ['segment', segment, 'decide', provider, decision, whom],
    queryFn: () => decide(true),
    gcTime: 0,
    retry: false,
  })
  const save = useMutation({
    mutationFn: () => decide(false),
    onSuccess: ({ entered, left, before }) => {
      notifyUndo(text('byHand.done', { entered, left }), { segment, provider }, before)
      onDone()
    },
    onError: notifyProblem,
  })
  return (
    <Stack>
      {effect.data ? (
        <Effect effect={effect.data} />
      ) : effect.error ? (
        <ErrorState error={effect.error} onRetry={effect.refetch} />
      ) : (
        <RowsLoading rows={1} />
      )}
      <Text fz="sm" c="dimmed">
        {text('byHand.outranks')}
      </Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onCancel}>
          {text('action.cancel')}
        </Button>
        <Button
          {...(decision === 'out' ? { color: 'red' } : {})}
          onClick={() => save.mutate()}
          loading={save.isPending}
          disabled={!effect.data?.changed}
        >
          {text(`byHand.${decision}`)}
        </Button>
      </Group>
    </Stack>
  )
}
