import type { Day } from '../../rules/time.ts'
import { type Contact, type Size, type TakenOff, takesOff } from './takesOff.ts'

/** A reward that can be used now, as far as its state goes. `minutes` are those that it was given with. */
export type Usable = Size & { id: number; valid_from: Day; valid_to: Day; minutes_used: number }

/** What is left of a reward to be used. */
export const leftOf = <R extends Size & { minutes_used: number }>(reward: R): Size => ({
  ...reward,
  minutes: reward.minutes === null ? null : reward.minutes - reward.minutes_used,
})

/**
 * The reward that applies by itself: of those whose period has the day of the contact and that take something off, the
 * one that ends first, then the one that takes off more, then the one that was given first.
 *
 * @param on the local day on which the contact begins
 */
export function chooseReward<R extends Usable>(
  rewards: readonly R[],
  contact: Contact,
  on: Day,
): { reward: R; takenOff: TakenOff } | null {
  const [first] = rewards
    .filter(({ valid_from: from, valid_to: to }) => from <= on && on <= to)
    .map((reward) => ({ reward, takenOff: takesOff(leftOf(reward), contact) }))
    .filter(({ takenOff }) => takenOff.discount > 0)
    .sort(
      (one, other) =>
        compare(one.reward.valid_to, other.reward.valid_to) ||
        other.takenOff.discount - one.takenOff.discount ||
        one.reward.id - other.reward.id,
    )
  return first ?? null
}

const compare = (one: Day, other: Day): number => (one < other ? -1 : one > other ? 1 : 0)
