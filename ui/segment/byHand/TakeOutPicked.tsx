import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { IconUserMinus } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { CustomerFilter } from '../../../api/contract/customers.ts'
import { decideMany } from '../../../api/contract/segmentMembers.ts'
import type { Segment } from '../../../api/contract/segments.ts'
import { call } from '../../client/call.ts'
import { ErrorState } from '../../shared/ErrorState.tsx'
import { RowsLoading } from '../../shared/Loading.tsx'
import { useNotifyProblem } from '../../shared/notify.ts'
import { useSegmentWords } from '../../shared/useSegmentWords.ts'
import { useText } from '../../shared/useText.tsx'
import type { Selection } from '../selection.ts'
import { Effect } from './Effect.tsx'
import { useNotifyUndo } from './useDecide.tsx'

type Props = {
  segment: Segment
  provider: string | undefined
  filter: CustomerFilter
  selection: Selection
  onDone: () => void
}

/** Takes those who are picked out by hand, after a question that says what it does. */
export function TakeOutPicked(props: Props) {
  const text = useText()
  const [asking, setAsking] = useState(false)
  const name = useSegmentWords().nameOf(props.segment)
  const close = () => setAsking(false)
  return (
    <>
      <Button variant="default" leftSection={<IconUserMinus size={17} />} onClick={() => setAsking(true)}>
        {text('byHand.takeOut')}
      </Button>
      <Modal opened={asking} onClose={close} title={text('byHand.takeOutPicked', { segment: name })}>
        {asking && <Asking {...props} onClose={close} />}
      </Modal>
    </>
  )
}

function Asking({ segment, provider, filter, selection, onDone, onClose }: Props & { onClose: () => void }) {
  const text = useText()
  const notifyUndo = useNotifyUndo()
  const notifyProblem = useNotifyProblem()
  const whose = provider === undefined ? {} : { provider }
  const whom =
    selection.kind === 'all' ? { search: { segment: segment.id, filter, ...whose } } : { customers: [...selection.ids] }
  const decide = (isDry: boolean) =>
    call(decideMany, { params: { id: segment.id }, body: { ...whom, ...whose, decision: 'out', dry_run: isDry } })
  const effect = useQuery({
    queryKey: ['segment', segment.id, 'take-out', provider, whom],
    queryFn: () => decide(true),
    gcTime: 0,
    retry: false,
  })
  const save = useMutation({
    mutationFn: () => decide(false),
    onSuccess: ({ entered, left, before }) => {
      notifyUndo(text('byHand.done', { entered, left }), { segment: segment.id, provider }, before)
      onDone()
      onClose()
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
        <Button variant="default" onClick={onClose}>
          {text('action.cancel')}
        </Button>
        <Button color="red" onClick={() => save.mutate()} loading={save.isPending} disabled={!effect.data?.changed}>
          {text('byHand.out')}
        </Button>
      </Group>
    </Stack>
  )
}
