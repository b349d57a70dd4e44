import { useIntl } from 'react-intl'
import { dayOptions } from './dates.ts'
import { useNow } from './useNow.ts'

/** An instant as a day ("21 Nov", with its year when that is another one) and, if asked for, the time of day. */
export function Instant({ at, time = false }: { at: string; time?: boolean }) {
  const intl = useIntl()
  const now = useNow()
  const date = new Date(at)
  return (
    <time dateTime={at} title={intl.formatDate(date, { dateStyle: 'full', timeStyle: 'long' })}>
      {intl.formatDate(date, { ...dayOptions(date, now), ...(time ? { hour: 'numeric', minute: '2-digit' } : {}) })}
    </time>
  )
}

/** A calendar day of the business ("2026-03-14"), which no time zone moves. */
export function Day({ day }: { day: string }) {
  const intl = useIntl()
  return <time dateTime={day}>{intl.formatDate(`${day}T00:00:00Z`, { dateStyle: 'medium', timeZone: 'UTC' })}</time>
}
