import { useIntl } from 'react-intl'
import { relativeParts } from './relative.ts'
import { useNow } from './useNow.ts'
import { useText } from './useText.tsx'

/** An instant as "4 min ago"; the exact one on hover. Null is "never". */
export function Ago({ at }: { at: string | null }) {
  const intl = useIntl()
  const text = useText()
  const now = useNow()
  if (at === null) return <span>{text('time.never')}</span>
  const date = new Date(at)
  // The clock of this page ticks every five seconds: what came since its last tick is not "in 2 seconds".
  const parts = relativeParts(date, date > now && date.getTime() - now.getTime() < 6_000 ? date : now)
  return (
    <time dateTime={at} title={intl.formatDate(date, { dateStyle: 'full', timeStyle: 'medium' })}>
      {parts === 'now' ? text('time.now') : intl.formatRelativeTime(parts.value, parts.unit, { style: 'short' })}
    </time>
  )
}
