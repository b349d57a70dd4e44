import { Button, Drawer, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconEye } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getMessage } from '../../api/contract/deliveries.ts'
import { call } from '../client/call.ts'
import { MessageFrame } from '../composer/preview/MessageFrame.tsx'
import { ErrorState } from '../shared/ErrorState.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { useText } from '../shared/useText.tsx'

/** Usual width of a mail, in pixels. */
const WIDTH = 600

/** Shows a message as its customer got it, in a frame that loads nothing and runs nothing. */
export function MessageButton({ delivery, subject }: { delivery: string; subject: string }) {
  const text = useText()
  const [open, { open: show, close }] = useDisclosure(false)
  return (
    <>
      <Button mt="sm" mr="xs" size="xs" variant="default" leftSection={<IconEye size={15} />} onClick={show}>
        {text('communication.show')}
      </Button>
      <Drawer opened={open} onClose={close} position="right" size="xl" title={subject}>
        {open && <Shown delivery={delivery} />}
      </Drawer>
    </>
  )
}

function Shown({ delivery }: { delivery: string }) {
  const text = useText()
  const { data, error, refetch } = useQuery({
    queryKey: ['deliveries', 'message', delivery],
    queryFn: ({ signal }) => call(getMessage, { params: { id: delivery }, signal }),
  })
  if (!data) return error ? <ErrorState error={error} onRetry={refetch} /> : <RowsLoading rows={6} />
  return (
    <>
      <Text fz="sm" c="dimmed" mb="sm">
        {text('communication.asItWas')}
      </Text>
      {data.html === '' ? (
        <Text style={{ whiteSpace: 'pre-wrap' }}>{data.text}</Text>
      ) : (
        <MessageFrame html={data.html} width={WIDTH} stale={false} />
      )}
    </>
  )
}
