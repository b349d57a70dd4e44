import { useIntl } from 'react-intl'
import type { Day } from '../../rules/time.ts'

/** A calendar day in words, in the reader's way, for where no element can stand. */
export function useDayText(): (day: Day) => string {
  const intl = useIntl()
  return (day) => intl.formatDate(`${day}T00:00:00Z`, { dateStyle: 'medium', timeZone: 'UTC' })
}
