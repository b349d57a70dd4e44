import { Alert, Button, Group, Loader, Modal, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useIntl } from 'react-intl'
import { previewTimeZone } from '../../api/contract/settings.ts'
import { call } from '../client/call.ts'
import { useNow } from '../shared/useNow.ts'
import { useProblemText } from '../shared/useProblemText.ts'
import { useText } from '../shared/useText.tsx'

type Props = { timeZone: string; onSave: () => void; onClose: () => void }

/** What another time zone does, with its numbers, before it does it. */
export function TimeZoneDialog({ timeZone, onSave, onClose }: Props) {
  const text = useText()
  const intl = useIntl()
  const problemText = useProblemText()
  const now = useNow()
  const { data, error } = useQuery({
    queryKey: ['settings', 'time-zone', timeZone],
    queryFn: ({ signal }) => call(previewTimeZone, { query: { time_zone: timeZone }, signal }),
  })
  return (
    <Modal opened onClose={onClose} title={text('settings.zone.title', { zone: timeZone })}>
      <Stack gap="sm">
        <Text fz="sm">
          {text('settings.zone.now', {
            at: intl.formatDate(now, { timeZone, weekday: 'long', hour: 'numeric', minute: '2-digit' }),
          })}
        </Text>
        {error ? (
          <Text fz="sm" c="var(--mantine-color-error)" role="alert">
            {problemText(error)}
          </Text>
        ) : data === undefined ? (
          <Group gap={8} role="status">
            <Loader size={14} />
            <Text fz="sm">{text('settings.zone.counting')}</Text>
          </Group>
        ) : data.too_many ? (
          <Alert color="red" variant="light">
            {text('settings.zone.tooMany')}
          </Alert>
        ) : (
          <div data-testid="zone-preview">
            <Text fz="sm">
              {text('settings.zone.days', {
                bookings: data.bookings,
                payments: data.payments,
                interactions: data.interactions,
                customers: data.customers,
              })}
            </Text>
            <Text fz="sm" mt="xs">
              {text('settings.zone.again', { count: data.relationships })}
            </Text>
          </div>
        )}
        <Text fz="sm" c="dimmed">
          {text('settings.zone.hint')}
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {text('action.cancel')}
          </Button>
          <Button onClick={onSave} disabled={data === undefined || data.too_many}>
            {text('settings.zone.do')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
