import { useIntl } from 'react-intl'
import { relativeParts } from './relative.ts'
import { useNow } from './useNow.ts'
import { useText } from './useText.tsx'

/** A past instant as "4 min ago"; the exact one on hover. Null is "never". */
export function Ago({ at }: { at: string | null }) {
  const intl = useIntl()
  const text = useText()
  const now = useNow()
  if (at === null) return <span>{text('time.never')}</span>
  const date = new Date(at)
  // What came since this page's clock last ticked, or by a server's clock that is ahead, is not "in 2 seconds".
  const parts = date > now ? 'now' : relativeParts(date, now)
  return (
    <time dateTime={at} title={intl.formatDate(date, { dateStyle: 'full', timeStyle: 'medium' })}>
      {parts === 'now' ? text('time.now') : intl.formatRelativeTime(parts.value, parts.unit, { style: 'short' })}
    </time>
  )
}
