import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { CustomerProfile } from '../../api/contract/customers.ts'
import { suppress } from '../../api/contract/suppressions.ts'
import { call } from '../client/call.ts'
import { customerQuery } from '../client/customers.ts'
import { providersQuery } from '../client/providers.ts'
import type { Channel } from '../shared/channels.ts'
import { notifyDone, useNotifyProblem } from '../shared/notify.ts'
import { useText } from '../shared/useText.tsx'

const CHANNELS = ['email', 'sms', 'push'] as const
const KINDS = ['all', 'one_off', 'loyalty', 'automation'] as const
const EVERYBODY = ''

/** Asks by which channel, from whom and which kind of mail a customer is to get no more. */
export function StopWriting({ customer, onClose }: { customer: CustomerProfile; onClose: () => void }) {
  const text = useText()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const providers = useQuery(providersQuery).data?.items ?? []
  const [channel, setChannel] = useState<Channel>('email')
  const [provider, setProvider] = useState(EVERYBODY)
  const [kind, setKind] = useState<(typeof KINDS)[number]>('all')
  const stop = useMutation({
    mutationFn: () =>
      call(suppress, {
        params: { customer: customer.id },
        query: { channel, kind, ...(provider === EVERYBODY ? {} : { provider }) },
        body: {},
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: customerQuery(customer.id).queryKey })
      notifyDone(text('consent.stopped', { name: customer.name }))
      onClose()
    },
    onError: notifyProblem,
  })
  return (
    <Modal opened onClose={onClose} title={text('consent.stopTitle', { name: customer.name })}>
      <Stack>
        <Text fz="sm">{text('consent.stopText')}</Text>
        <Select
          label={text('consent.stopChannel')}
          data={CHANNELS.map((value) => ({ value, label: text(`channel.${value}`) }))}
          value={channel}
          onChange={(value) => setChannel((value ?? 'email') as Channel)}
          allowDeselect={false}
        />
        <Select
          label={text('consent.stopFrom')}
          data={[
            { value: EVERYBODY, label: text('consent.everybody') },
            ...providers.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={provider}
          onChange={(value) => setProvider(value ?? EVERYBODY)}
          allowDeselect={false}
          searchable={providers.length > 8}
        />
        <Select
          label={text('consent.stopKind')}
          data={KINDS.map((value) => ({ value, label: text(`mailKind.${value}`) }))}
          value={kind}
          onChange={(value) => setKind((value ?? 'all') as (typeof KINDS)[number])}
          allowDeselect={false}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {text('consent.cancel')}
          </Button>
          <Button color="red" loading={stop.isPending} onClick={() => stop.mutate()}>
            {text('consent.stop')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
