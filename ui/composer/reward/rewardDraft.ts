import { z } from 'zod'
import type { AskedReward } from '../../../api/contract/rewards.ts'

const number = z.union([z.number(), z.literal('')])

/** What was entered: amounts in the main unit of the currency, empty fields as ''. */
const draft = z.object({
  kind: z.enum(['none', 'amount', 'percent', 'minutes']),
  amount: number,
  percent: number,
  ceiling: number,
  minutes: number,
  period: z.enum(['days', 'dates']),
  days: number,
  from: z.string(),
  to: z.string(),
})
export type RewardDraft = z.infer<typeof draft>

export const NO_REWARD: RewardDraft = {
  kind: 'none',
  amount: '',
  percent: '',
  ceiling: '',
  minutes: '',
  period: 'days',
  days: 30,
  from: '',
  to: '',
}

/** What was kept as text; no reward when it is none. */
export function parseRewardDraft(kept: string | null): RewardDraft {
  try {
    const result = draft.safeParse(JSON.parse(kept ?? 'null'))
    return result.success ? result.data : NO_REWARD
  } catch {
    return NO_REWARD
  }
}

/** The field that is missing or wrong. */
export type RewardMistake = 'amount' | 'percent' | 'minutes' | 'days' | 'to'

/**
 * What was entered as the API takes it; null for no reward, or the first field that is missing or wrong.
 *
 * @param digits how many digits of the currency are behind the point
 * @param today the business's day
 */
export function toReward(
  entered: RewardDraft,
  digits: number,
  today: string,
): { reward: AskedReward | null; mistake: RewardMistake | null } {
  const { kind, amount, percent, ceiling, minutes } = entered
  const wrong = (mistake: RewardMistake) => ({ reward: null, mistake })
  if (kind === 'none') return { reward: null, mistake: null }
  const minor = (value: number) => Math.round(value * 10 ** digits)
  if (kind === 'amount' && (amount === '' || minor(amount) < 1)) return wrong('amount')
  if (kind === 'percent' && (percent === '' || !Number.isInteger(percent) || percent < 1 || percent > 100)) {
    return wrong('percent')
  }
  if (kind === 'minutes' && (minutes === '' || !Number.isInteger(minutes) || minutes < 1)) return wrong('minutes')
  const period = toPeriod(entered, today)
  if (typeof period === 'string') return wrong(period)
  if (kind === 'minutes') {
    return { reward: { kind: 'free_minutes', minutes: Number(minutes), ...period }, mistake: null }
  }
  const size =
    kind === 'amount'
      ? { amount: minor(Number(amount)) }
      : { percent: Number(percent), ...(ceiling === '' || minor(ceiling) < 1 ? {} : { ceiling: minor(ceiling) }) }
  return { reward: { kind: 'voucher', ...size, ...period }, mistake: null }
}

function toPeriod({ period, days, from, to }: RewardDraft, today: string) {
  if (period === 'days') {
    return days === '' || !Number.isInteger(days) || days < 1 || days > 731 ? 'days' : { valid_days: days }
  }
  if (to === '' || to < today || (from !== '' && from > to)) return 'to'
  return { ...(from === '' ? {} : { valid_from: from }), valid_to: to }
}
