import { FormattedMessage, useIntl } from 'react-intl'
import { Day, Instant } from '../shared/Instant.tsx'
import { Money } from '../shared/Money.tsx'

/** Facts that hold or do not: what was seen of them is 0 or 1. */
const YES_OR_NO: readonly string[] = ['favourite', 'unsubscribed', 'reachable', 'segment']

/** The value that decided a condition: a number, a text, an instant or a day in the reader's way; nothing if null. */
export function SeenValue({ fact, value }: { fact: string; value: unknown }) {
  const intl = useIntl()
  if (value === null || value === undefined) return <FormattedMessage id="why.valueNone" tagName="span" />
  return <FormattedMessage id="why.value" values={{ value: shown() }} tagName="span" />

  function shown() {
    if (YES_OR_NO.includes(fact)) return intl.formatMessage({ id: value === 1 ? 'why.yes' : 'why.no' })
    if (fact === 'payment_total' && typeof value === 'number') return <Money minor={value} />
    if (typeof value === 'number') return intl.formatNumber(value)
    if (typeof value !== 'string') return JSON.stringify(value)
    if (/^\d{4}-\d\d-\d\d$/.test(value)) return <Day day={value} />
    if (/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(value)) return <Instant at={value} time />
    return value
  }
}
