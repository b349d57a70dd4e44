import { Paper, SegmentedControl, Skeleton, Text, Title } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { z } from 'zod'
import type { previewContent } from '../../../api/contract/messages.ts'
import type { Recipients } from '../../../api/contract/orders.ts'
import { ErrorState } from '../../shared/ErrorState.tsx'
import { useText } from '../../shared/useText.tsx'
import type { Message } from '../send/message.ts'
import { MailPicture, type MailView } from './MailPicture.tsx'
import { PhonePicture } from './PhonePicture.tsx'
import classes from './PreviewPanel.module.css'
import { RecipientPicker } from './RecipientPicker.tsx'
import { hasText } from './usePreview.ts'
import type { Person } from './useRecipientSearch.ts'

type Props = {
  recipients: Recipients
  person: Person | null
  onPick: (person: Person) => void
  message: Message
  preview: UseQueryResult<z.output<(typeof previewContent)['answer']>>
  onProblem: (error: unknown) => void
}

/** Who writes on a phone looks at the phone's picture first. */
const PHONE = 600

/** The message as one of the recipients will see it: a mail on a screen, on a phone or as plain text; an SMS, a notification. */
export function PreviewPanel({ recipients, person, onPick, message, preview, onProblem }: Props) {
  const text = useText()
  const [view, setView] = useState<MailView>(() => (window.innerWidth < PHONE ? '360' : '600'))
  const { channel } = message
  const { error, data } = preview
  useEffect(() => {
    if (error !== null) onProblem(error)
  }, [error, onProblem])

  return (
    <Paper component="section" aria-labelledby="composer-preview" className={classes.panel}>
      <div className={classes.head}>
        <Title order={2} fz="sm" id="composer-preview">
          {text('composer.preview.title')}
        </Title>
        {channel === 'email' && (
          <SegmentedControl
            size="xs"
            value={view}
            onChange={(value) => setView(value === '600' || value === '360' ? value : 'text')}
            aria-label={text('composer.preview.view')}
            data={[
              { value: '600', label: text('composer.preview.wide') },
              { value: '360', label: text('composer.preview.narrow') },
              { value: 'text', label: text('composer.preview.text') },
            ]}
          />
        )}
      </div>
      <div className={classes.picker}>
        <RecipientPicker recipients={recipients} person={person} onPick={onPick} />
      </div>
      {!hasText(message) ? (
        <Text fz="sm" c="dimmed" px={14} py={40} ta="center">
          {text('composer.preview.empty')}
        </Text>
      ) : error !== null ? (
        <ErrorState error={error} onRetry={() => void preview.refetch()} />
      ) : data === undefined ? (
        <div style={{ padding: 14 }} role="status" aria-label={text('state.loading')}>
          <Skeleton height={14} width="60%" mb={14} />
          <Skeleton height={240} />
        </div>
      ) : channel === 'email' ? (
        <MailPicture {...data} view={view} stale={preview.isPlaceholderData} />
      ) : (
        <PhonePicture
          channel={channel}
          title={data.subject}
          text={data.text}
          url={data.url}
          stale={preview.isPlaceholderData}
        />
      )}
    </Paper>
  )
}
