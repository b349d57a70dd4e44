import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { FormattedMessage } from 'react-intl'
import { richTags, useText } from '../shared/useText.tsx'

type Props = {
  opened: boolean
  name: string
  count: number
  saving: boolean
  onSave: () => void
  onClose: () => void
}

/** Says what storing a new segment does before it does it. */
export function SaveDialog({ opened, name, count, saving, onSave, onClose }: Props) {
  const text = useText()
  return (
    <Modal opened={opened} onClose={onClose} title={text('canvas.save.title', { name })}>
      <Stack>
        <Text>
          <FormattedMessage id="canvas.save.line" values={{ count, ...richTags }} />
        </Text>
        <Text fz="sm" c="dimmed">
          {text('canvas.save.cause')}
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {text('action.cancel')}
          </Button>
          <Button onClick={onSave} loading={saving} data-autofocus>
            {text('action.save')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
