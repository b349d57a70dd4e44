import type { Day } from '../../rules/time.ts'

/** How long a reward can be used; both days count. `valid_days` counts from the day on which its message goes out. */
type Period = { valid_from?: Day | undefined; valid_to?: Day | undefined; valid_days?: number | undefined }

/** A reward as its caller says it; amounts in minor units. */
export type AskedReward = Period &
  (
    | { kind: 'voucher'; amount?: number | undefined; percent?: number | undefined; ceiling?: number | undefined }
    | { kind: 'free_minutes'; minutes: number }
  )

/**
 * What each recipient of a campaign gets, as it is kept: a voucher has an amount or a percentage, perhaps with a ceiling;
 * free minutes have minutes. Either `valid_to` or `valid_days` is there; `valid_from` is null for the day of sending.
 */
export type Reward = {
  kind: 'voucher' | 'free_minutes'
  amount: number | null
  percent: number | null
  ceiling: number | null
  minutes: number | null
  valid_from: Day | null
  valid_to: Day | null
  valid_days: number | null
}

/** Reserved for a message; active once that was handed over; used at the till; or given back, when it did not arrive. */
export type RewardState = 'reserved' | 'active' | 'used' | 'given_back'

/** A reward as its caller said it, to be ordered again. */
export function askedReward(reward: Reward | null): AskedReward | null {
  if (reward === null) return null
  return Object.fromEntries(Object.entries(reward).filter(([, value]) => value !== null)) as AskedReward
}
