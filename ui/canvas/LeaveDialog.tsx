import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import { useText } from '../shared/useText.tsx'

/** Asks before a page with unsaved changes is left, by a link as by closing the window. */
export function LeaveDialog({ changed }: { changed: boolean }) {
  const text = useText()
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => changed && current.pathname !== next.pathname,
    enableBeforeUnload: () => changed,
    withResolver: true,
  })
  const stay = (): void => blocker.reset?.()
  return (
    <Modal opened={blocker.status === 'blocked'} onClose={stay} title={text('canvas.leave.title')}>
      <Stack>
        <Text>{text('canvas.leave.text')}</Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => blocker.proceed?.()}>
            {text('canvas.leave.go')}
          </Button>
          <Button onClick={stay} data-autofocus>
            {text('canvas.leave.stay')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
