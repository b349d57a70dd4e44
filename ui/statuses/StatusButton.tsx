import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core'
import { IconUserStar } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { setCustomerStatus } from '../../api/contract/customers.ts'
import { call } from '../client/call.ts'
import { useText } from '../shared/useText.tsx'
import { type Chosen, useSetStatus, type Whom } from './useSetStatus.tsx'

type Props = { whom: Whom; title: string }

/** Sets the status of many customers by hand, or hands it back, after saying for how many that changes something. */
export function StatusButton({ whom, title }: Props) {
  const text = useText()
  const [asking, setAsking] = useState(false)
  const close = () => setAsking(false)
  return (
    <>
      <Button variant="default" leftSection={<IconUserStar size={17} />} onClick={() => setAsking(true)}>
        {text('status.act')}
      </Button>
      <Modal opened={asking} onClose={close} title={title}>
        {asking && <Choosing whom={whom} onClose={close} />}
      </Modal>
    </>
  )
}

function Choosing({ whom, onClose }: { whom: Whom; onClose: () => void }) {
  const text = useText()
  const [status, setStatus] = useState<Chosen | null>(null)
  const setting = useSetStatus(whom, onClose)
  const effect = useQuery({
    queryKey: ['setting-status', whom, status],
    queryFn: ({ signal }) =>
      call(setCustomerStatus, { body: { ...whom, status: status ?? 'automatic', dry_run: true }, signal }),
    enabled: status !== null,
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
  })
  return (
    <Stack>
      <Radio.Group
        label={text('status.choose')}
        description={text('status.stays')}
        value={status}
        onChange={(value) => setStatus(value as Chosen)}
      >
        <Stack gap="xs" mt="xs">
          {(['lead', 'customer', 'vip'] as const).map((value) => (
            <Radio key={value} value={value} label={text(`status.${value}`)} />
          ))}
          <Radio value="automatic" label={text('status.automatic')} description={text('status.automaticHint')} />
        </Stack>
      </Radio.Group>
      <Text fz="sm" c="dimmed" role="status" mih="1.5em">
        {status !== null &&
          effect.data &&
          text('status.effect', { changed: effect.data.changed, customers: effect.data.customers })}
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {text('action.cancel')}
        </Button>
        <Button
          disabled={status === null}
          loading={setting.isPending}
          onClick={() => status !== null && setting.mutate(status)}
        >
          {text('action.save')}
        </Button>
      </Group>
    </Stack>
  )
}
