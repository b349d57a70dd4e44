import { Paper, SegmentedControl, Skeleton, Text, Title } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useIntl } from 'react-intl'
import type { Recipients } from '../../../api/contract/orders.ts'
import { ErrorState } from '../../shared/ErrorState.tsx'
import { useText } from '../../shared/useText.tsx'
import type { MessageDocument } from '../document/document.ts'
import { isEmptyDocument } from '../document/document.ts'
import { SubjectText } from '../subject/SubjectText.tsx'
import { MessageFrame } from './MessageFrame.tsx'
import classes from './PreviewPanel.module.css'
import { RecipientPicker } from './RecipientPicker.tsx'
import { usePreview } from './usePreview.ts'
import type { Person } from './useRecipientSearch.ts'

type Props = {
  recipients: Recipients
  person: Person | null
  onPick: (person: Person) => void
  subject: string
  document: MessageDocument
  /** The template that is sent in place of the document. */
  template: string | undefined
  onProblem: (error: unknown) => void
}
type View = '600' | '360' | 'text'

/** Who writes on a phone looks at the phone's picture first. */
const PHONE = 600
/** Gmail cuts a mail off after this many bytes of HTML. */
const GMAIL_CUTS_AT = 102 * 1024

/** The mail as one of the recipients will see it, on a screen, on a phone or as plain text. */
export function PreviewPanel({ recipients, person, onPick, subject, document, template, onProblem }: Props) {
  const text = useText()
  const intl = useIntl()
  const [view, setView] = useState<View>(() => (window.innerWidth < PHONE ? '360' : '600'))
  const preview = usePreview(subject, document, person?.id, text('composer.preview.noSubject'), template)
  const empty = template === undefined && isEmptyDocument(document)
  const bytes = new TextEncoder().encode(preview.data?.html ?? '').length

  const { error } = preview
  useEffect(() => {
    if (error !== null) onProblem(error)
  }, [error, onProblem])

  return (
    <Paper component="section" aria-labelledby="composer-preview" className={classes.panel}>
      <div className={classes.head}>
        <Title order={2} fz="sm" id="composer-preview">
          {text('composer.preview.title')}
        </Title>
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
      </div>
      <div className={classes.picker}>
        <RecipientPicker recipients={recipients} person={person} onPick={onPick} />
      </div>
      {empty ? (
        <Text fz="sm" c="dimmed" px={14} py={40} ta="center">
          {text('composer.preview.empty')}
        </Text>
      ) : (
        <>
          <div className={classes.subject} data-testid="preview-subject">
            <Text fz="xs" c="dimmed" component="span">
              {text('composer.subject.label')}
            </Text>
            <Text fz="sm" fw={600} component="div" dir="auto">
              {template !== undefined && subject.trim() !== '' ? (
                <SubjectText subject={subject} />
              ) : (
                (preview.data?.subject ?? '')
              )}
            </Text>
          </div>
          {preview.data === undefined && error === null && (
            <div style={{ padding: 14 }} role="status" aria-label={text('state.loading')}>
              <Skeleton height={14} width="60%" mb={14} />
              <Skeleton height={240} />
            </div>
          )}
          {error !== null && <ErrorState error={error} onRetry={() => void preview.refetch()} />}
          {preview.data !== undefined && view !== 'text' && (
            <MessageFrame html={preview.data.html} width={Number(view)} stale={preview.isPlaceholderData} />
          )}
          {preview.data !== undefined && view === 'text' && (
            // A field for reading only: it scrolls, and the keyboard gets into it.
            <textarea
              className={classes.text}
              readOnly
              aria-label={text('composer.preview.text')}
              dir="auto"
              value={preview.data.text}
            />
          )}
          {preview.data !== undefined && (
            <Text fz="xs" px={14} pt={8} c={bytes > GMAIL_CUTS_AT ? 'var(--attention)' : 'dimmed'} className="numbers">
              {text(bytes > GMAIL_CUTS_AT ? 'composer.preview.tooBig' : 'composer.preview.size', {
                size: intl.formatNumber(Math.ceil(bytes / 1024)),
              })}
            </Text>
          )}
        </>
      )}
    </Paper>
  )
}
