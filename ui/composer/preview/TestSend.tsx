import { Button, Group, Text } from '@mantine/core'
import { IconMailFast } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useIntl } from 'react-intl'
import { testCampaign } from '../../../api/contract/messages.ts'
import { call } from '../../client/call.ts'
import { useProblemText } from '../../shared/useProblemText.ts'
import { useText } from '../../shared/useText.tsx'
import type { MessageDocument } from '../document/document.ts'
import { toMessage } from '../document/keepAllowed.ts'

type Props = {
  subject: string
  document: MessageDocument
  /** The template that is sent in place of the document. */
  template: string | undefined
  customer: string | undefined
  disabled: boolean
  onProblem: (error: unknown) => void
}

/** Sends the mail to the reader's own address, as the chosen recipient would get it, and says how it went. */
export function TestSend({ subject, document, template, customer, disabled, onProblem }: Props) {
  const text = useText()
  const intl = useIntl()
  const problemText = useProblemText()
  const test = useMutation({
    mutationFn: () =>
      call(testCampaign, {
        body: {
          ...(template === undefined ? { content: { subject, document: toMessage(document) } } : { template }),
          ...(customer !== undefined && { customer }),
        },
      }),
    onError: onProblem,
  })
  const time = intl.formatTime(new Date(test.submittedAt), { timeStyle: 'short' })
  return (
    <Group gap={10} px={14} pb={12}>
      <Button
        variant="default"
        size="xs"
        leftSection={<IconMailFast size={16} stroke={1.6} aria-hidden="true" />}
        loading={test.isPending}
        disabled={disabled}
        onClick={() => test.mutate()}
      >
        {text('composer.test.send')}
      </Button>
      <Text
        fz="sm"
        component="div"
        role="status"
        flex="1 1 160px"
        c={test.isError ? 'var(--mantine-color-error)' : 'dimmed'}
      >
        {test.isSuccess && (
          <>
            {text('composer.test.sent', { address: test.data.address, time })}{' '}
            <Link to="/inbox" style={{ color: 'var(--mantine-color-anchor)' }}>
              {text('composer.test.inbox')}
            </Link>
          </>
        )}
        {test.isError && problemText(test.error)}
        {test.isIdle && disabled && text('composer.test.needsText')}
      </Text>
    </Group>
  )
}
