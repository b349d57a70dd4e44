import { Button, Group, Text, TextInput } from '@mantine/core'
import { IconBellRinging, IconDeviceMobileMessage, IconMailFast } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useIntl } from 'react-intl'
import { testCampaign } from '../../../api/contract/messages.ts'
import { call } from '../../client/call.ts'
import { channelsQuery } from '../../client/channels.ts'
import { useProblemText } from '../../shared/useProblemText.ts'
import { useText } from '../../shared/useText.tsx'
import type { Message } from '../send/message.ts'
import { NoBrowser, ownBrowser } from './ownBrowser.ts'
import { keepPhone, keptPhone } from './ownPhone.ts'

type Props = {
  message: Message
  customer: string | undefined
  provider: string | undefined
  disabled: boolean
  onProblem: (error: unknown) => void
}

const ICONS = { email: IconMailFast, sms: IconDeviceMobileMessage, push: IconBellRinging }

/**
 * Sends the message to oneself, as the chosen recipient would get it, and says how it went: a mail to the own address, an
 * SMS to a number, a notification to this very browser.
 */
export function TestSend({ message, customer, provider, disabled, onProblem }: Props) {
  const text = useText()
  const intl = useIntl()
  const problemText = useProblemText()
  const channels = useQuery(channelsQuery)
  const [phone, setPhone] = useState(keptPhone)
  const { channel } = message
  const key = channels.data?.find((one) => one.channel === 'push')?.key ?? null
  const test = useMutation({
    mutationFn: async (tried: Message) => {
      const to =
        tried.channel === 'sms' ? { phone } : tried.channel === 'push' ? { browser: await ownBrowser(key) } : {}
      return call(testCampaign, { body: { ...tried, ...to, customer, provider } })
    },
    onSuccess: (_, tried) => tried.channel === 'sms' && keepPhone(phone),
    onError: onProblem,
  })
  const time = intl.formatTime(new Date(test.submittedAt), { timeStyle: 'short' })
  // what was said about another channel is not about this one
  const isThis = test.variables?.channel === channel
  const Icon = ICONS[channel]
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!disabled && !test.isPending) test.mutate(message)
  }
  return (
    <Group gap={10} px={14} pb={12} renderRoot={(props: object) => <form {...props} onSubmit={submit} />}>
      {channel === 'sms' && (
        <TextInput
          size="xs"
          w={190}
          aria-label={text('short.test.phone')}
          placeholder={text('short.test.phone')}
          type="tel"
          autoComplete="tel"
          maxLength={50}
          value={phone}
          onChange={(event) => setPhone(event.currentTarget.value)}
        />
      )}
      <Button
        type="submit"
        variant="default"
        size="xs"
        leftSection={<Icon size={16} stroke={1.6} aria-hidden="true" />}
        loading={test.isPending}
        disabled={disabled || (channel === 'sms' && phone.trim() === '')}
      >
        {text(`short.test.${channel}`)}
      </Button>
      <Text
        fz="sm"
        component="div"
        role="status"
        flex="1 1 160px"
        c={test.isError && isThis ? 'var(--mantine-color-error)' : 'dimmed'}
      >
        {test.isSuccess && isThis && (
          <>
            {channel === 'push'
              ? text('short.test.shown', { time })
              : text('composer.test.sent', { address: test.data.address, time })}{' '}
            <Link to="/inbox" style={{ color: 'var(--mantine-color-anchor)' }}>
              {text('composer.test.inbox')}
            </Link>
          </>
        )}
        {test.isError &&
          isThis &&
          (test.error instanceof NoBrowser ? text(`short.test.browser.${test.error.why}`) : problemText(test.error))}
        {(test.isIdle || !isThis) &&
          disabled &&
          text(channel === 'email' ? 'composer.test.needsText' : 'short.test.needsText')}
      </Text>
    </Group>
  )
}
