import { useIntl } from 'react-intl'
import type { Preflight } from '../../../api/contract/orders.ts'
import { useText } from '../../shared/useText.tsx'

/** How many recipients would get the mail later than the others, and why: quiet hours hold all, the cap some of them. */
export function HeldBack({ held }: { held: Preflight['held'] }) {
  const text = useText()
  const { formatList, formatTime } = useIntl()
  const reasons = held.map(({ reason, count, until }) =>
    reason === 'quiet_hours' && until !== null
      ? text('composer.held.quietHours', { until: formatTime(until, { hour: '2-digit', minute: '2-digit' }) })
      : text('composer.held.frequencyCap', { count }),
  )
  const count = Math.max(...held.map((part) => part.count))
  return text('composer.held.sum', { count, reasons: formatList(reasons, { type: 'conjunction' }) })
}
