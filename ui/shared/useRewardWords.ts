import { useIntl } from 'react-intl'
import { useMoney } from './useMoney.ts'
import { useText } from './useText.tsx'

/** A reward as it was ordered, or as a message brings it. */
type Reward = {
  kind: 'voucher' | 'free_minutes'
  amount?: number | null | undefined
  percent?: number | null | undefined
  ceiling?: number | null | undefined
  minutes?: number | null | undefined
  valid_from?: string | null | undefined
  valid_to?: string | null | undefined
  valid_days?: number | null | undefined
}

/** A reward in words: what it is ("voucher of €5.00"), and when it can be used ("until 31 Dec 2026"). */
export function useRewardWords() {
  const text = useText()
  const intl = useIntl()
  const { format } = useMoney()
  const day = (on: string) => intl.formatDate(`${on}T00:00:00Z`, { dateStyle: 'medium', timeZone: 'UTC' })
  const sizeOf = ({ kind, amount, percent, ceiling, minutes }: Reward): string => {
    if (kind === 'free_minutes') return text('reward.minutes', { minutes })
    if (amount !== null && amount !== undefined) return text('reward.amount', { amount: format(amount) })
    const share = intl.formatNumber((percent ?? 0) / 100, { style: 'percent' })
    if (ceiling === null || ceiling === undefined) return text('reward.percent', { percent: share })
    return text('reward.ceiling', { percent: share, amount: format(ceiling) })
  }
  const periodOf = ({ valid_from: from, valid_to: to, valid_days: days }: Reward): string => {
    if (days !== null && days !== undefined) return text('reward.days', { days })
    if (from === null || from === undefined) return text('reward.until', { to: day(to ?? '') })
    return text('reward.between', { from: day(from), to: day(to ?? '') })
  }
  return { sizeOf, periodOf }
}
