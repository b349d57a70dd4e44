import { Text } from '@mantine/core'
import { useIntl } from 'react-intl'
import { useText } from '../../shared/useText.tsx'
import { MessageFrame } from './MessageFrame.tsx'
import classes from './PreviewPanel.module.css'

/** How wide the window is in which a mail is read, in pixels, or its plain text. */
export type MailView = '600' | '360' | 'text'

/** Gmail cuts a mail off after this many bytes of HTML. */
const GMAIL_CUTS_AT = 102 * 1024

type Props = { subject: string; html: string; text: string; view: MailView; stale: boolean }

/** A mail as one of the recipients will see it. */
export function MailPicture({ subject, html, text: plain, view, stale }: Props) {
  const text = useText()
  const intl = useIntl()
  const bytes = new TextEncoder().encode(html).length
  const cut = bytes > GMAIL_CUTS_AT
  return (
    <>
      <div className={classes.subject} data-testid="preview-subject">
        <Text fz="xs" c="dimmed" component="span">
          {text('composer.subject.label')}
        </Text>
        <Text fz="sm" fw={600} component="div" dir="auto">
          {subject}
        </Text>
      </div>
      {view === 'text' ? (
        // A field for reading only: it scrolls, and the keyboard gets into it.
        <textarea
          className={classes.text}
          readOnly
          aria-label={text('composer.preview.text')}
          dir="auto"
          value={plain}
        />
      ) : (
        <MessageFrame html={html} width={Number(view)} stale={stale} />
      )}
      <Text fz="xs" px={14} pt={8} c={cut ? 'var(--attention)' : 'dimmed'} className="numbers">
        {text(cut ? 'composer.preview.tooBig' : 'composer.preview.size', {
          size: intl.formatNumber(Math.ceil(bytes / 1024)),
        })}
      </Text>
    </>
  )
}
