import { Button, Group, Modal, MultiSelect, Stack, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { decideSegments } from '../../api/contract/segmentMembers.ts'
import { call } from '../client/call.ts'
import { customerSegmentsQuery } from '../client/customers.ts'
import { segmentsQuery } from '../client/segments.ts'
import { notifyDone, useNotifyProblem } from '../shared/notify.ts'
import { ProviderSelect } from '../shared/ProviderSelect.tsx'
import { useChosenProvider } from '../shared/useChosenProvider.ts'
import { useSegmentWords } from '../shared/useSegmentWords.ts'
import { useText } from '../shared/useText.tsx'

/** Puts a customer into several segments by hand, picked by id or name: all of them or none. */
export function AddToSegments({ customer }: { customer: { id: string; name: string } }) {
  const text = useText()
  const [opened, setOpened] = useState(false)
  return (
    <>
      <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => setOpened(true)}>
        {text('byHand.addTo')}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={text('byHand.addToTitle', { name: customer.name })}
      >
        {opened && <Picking customer={customer} onClose={() => setOpened(false)} />}
      </Modal>
    </>
  )
}

function Picking({ customer, onClose }: { customer: { id: string; name: string }; onClose: () => void }) {
  const text = useText()
  const { nameOf } = useSegmentWords()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const segments = useQuery(segmentsQuery).data?.items ?? []
  const [picked, setPicked] = useState<string[]>([])
  const [chosen, choose] = useState<string | null>(null)
  const provider = useChosenProvider(chosen ?? undefined)
  const isOfProviders = (id: string) => segments.some((segment) => segment.id === id && segment.scope === 'provider')
  const asksProvider = picked.some(isOfProviders)
  const add = useMutation({
    mutationFn: () =>
      call(decideSegments, {
        params: { id: customer.id },
        body: {
          segments: picked.map((id) => (isOfProviders(id) && provider !== null ? { id, provider } : { id })),
        },
      }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: customerSegmentsQuery(customer.id).queryKey })
      void queries.invalidateQueries({ queryKey: segmentsQuery.queryKey })
      notifyDone(text('byHand.added', { name: customer.name, count: picked.length }))
      onClose()
    },
    onError: notifyProblem,
  })
  return (
    <Stack>
      <MultiSelect
        label={text('byHand.segments')}
        data={segments.map((segment) => ({ value: segment.id, label: `${nameOf(segment)} · ${segment.id}` }))}
        value={picked}
        onChange={setPicked}
        nothingFoundMessage={text('byHand.noSegment')}
        searchable
        hidePickedOptions
        data-autofocus
      />
      {asksProvider && <ProviderSelect value={provider} onChange={choose} />}
      <Text fz="sm" c="dimmed">
        {text('byHand.outranks')}
      </Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {text('action.cancel')}
        </Button>
        <Button
          onClick={() => add.mutate()}
          loading={add.isPending}
          disabled={picked.length === 0 || (asksProvider && provider === null)}
        >
          {text('action.save')}
        </Button>
      </Group>
    </Stack>
  )
}
