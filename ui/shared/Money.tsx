import { useIntl } from 'react-intl'
import { useSession } from '../client/session.ts'

/** An amount in minor units of the business's currency. */
export function Money({ minor }: { minor: number }) {
  const intl = useIntl()
  const { business } = useSession()
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency: business.currency }).resolvedOptions()
      .maximumFractionDigits ?? 2
  return (
    <span className="numbers">
      {intl.formatNumber(minor / 10 ** digits, { style: 'currency', currency: business.currency })}
    </span>
  )
}
