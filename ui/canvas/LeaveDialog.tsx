import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import { useText } from '../shared/useText.tsx'

type Props = {
  /** What would be lost; a rule's change when left out. */
  what?: string
  /** Leaving by a link would lose something: it is asked for. */
  loses: boolean
  /** Closing the window would: what is being kept at this moment needs the page. */
  closingLoses: boolean
}

/** Asks before a page is left with something that is not kept anywhere. */
export function LeaveDialog({ what, loses, closingLoses }: Props) {
  const text = useText()
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => loses && current.pathname !== next.pathname,
    enableBeforeUnload: () => closingLoses,
    withResolver: true,
  })
  const stay = (): void => blocker.reset?.()
  return (
    <Modal opened={blocker.status === 'blocked'} onClose={stay} title={text('canvas.leave.title')}>
      <Stack>
        <Text>{what ?? text('canvas.leave.text')}</Text>
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
