import { useIntl } from 'react-intl'

/** A calendar day with its weekday, in the reader's way: "Monday, 7 December". */
export function useWeekday(): (day: string) => string {
  const intl = useIntl()
  return (day) =>
    intl.formatDate(`${day}T00:00:00Z`, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' })
}
