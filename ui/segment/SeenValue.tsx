import { FormattedMessage, useIntl } from 'react-intl'
import { Day, Instant } from '../shared/Instant.tsx'

/** The value that decided a condition: a number, a text, an instant or a day in the reader's way; nothing if null. */
export function SeenValue({ value }: { value: unknown }) {
  const intl = useIntl()
  if (value === null || value === undefined) return <FormattedMessage id="why.valueNone" tagName="span" />
  return <FormattedMessage id="why.value" values={{ value: shown() }} tagName="span" />

  function shown() {
    if (typeof value === 'number') return intl.formatNumber(value)
    if (typeof value !== 'string') return JSON.stringify(value)
    if (/^\d{4}-\d\d-\d\d$/.test(value)) return <Day day={value} />
    if (/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(value)) return <Instant at={value} time />
    return value
  }
}
