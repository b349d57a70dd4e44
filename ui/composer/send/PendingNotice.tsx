import { Alert, Button, Group, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useIntl } from 'react-intl'
import { useProblemText } from '../../shared/useProblemText.ts'
import { useText } from '../../shared/useText.tsx'
import { isTooOld } from './pendingSend.ts'
import type { SendState } from './useSend.ts'

/** A mailing was confirmed and its answer has not come: says so, and asks again with the same key. */
export function PendingNotice({ send }: { send: SendState }) {
  const text = useText()
  const intl = useIntl()
  const problemText = useProblemText()
  if (send.pending === null || send.asking) return null
  const old = isTooOld(send.pending, new Date())
  const time = intl.formatTime(new Date(send.pending.askedAt), {
    dateStyle: old ? 'medium' : undefined,
    timeStyle: 'short',
  })
  return (
    <Alert
      color="orange"
      variant="light"
      role="alert"
      title={text('composer.pending.title', { time })}
      data-testid="pending"
    >
      <Text fz="sm">
        {send.error !== null && `${problemText(send.error)} `}
        {text(old ? 'composer.pending.old' : 'composer.pending.text')}
      </Text>
      <Group gap="xs" mt="xs">
        {!old && (
          <Button size="xs" onClick={send.askAgain}>
            {text('composer.pending.again')}
          </Button>
        )}
        <Button size="xs" variant="default" renderRoot={(props: object) => <Link {...props} to="/mailings" />}>
          {text('composer.pending.mailings')}
        </Button>
        <Button size="xs" variant="subtle" color="gray" onClick={send.giveUp}>
          {text('composer.pending.giveUp')}
        </Button>
      </Group>
    </Alert>
  )
}
