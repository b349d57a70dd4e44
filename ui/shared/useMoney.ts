import { useIntl } from 'react-intl'
import { useSession } from '../client/session.ts'

/** How many digits of a currency are behind the point: an amount in minor units is that many times ten larger. */
const digitsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2

/** Amounts of the business's currency: in words, and how many minor units the main one has. */
export function useMoney(): { format: (minor: number) => string; digits: number; currency: string } {
  const intl = useIntl()
  const { currency } = useSession().business
  const digits = digitsOf(currency)
  return {
    format: (minor) => intl.formatNumber(minor / 10 ** digits, { style: 'currency', currency }),
    digits,
    currency,
  }
}
