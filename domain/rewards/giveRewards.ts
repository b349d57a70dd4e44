import { addDays, type Day } from '../../rules/time.ts'
import type { Database } from '../database.ts'
import { insertRows } from '../insertRows.ts'
import { noteStepGifts } from '../webhooks/noteRewards.ts'
import type { Reward } from './reward.ts'
import { tellOfGifts } from './tellRules.ts'

/** Whose way through an automation it is, and with which provider the reward can be used. */
export type Recipient = { enrolment: number; customerId: number; providerId: number }

/** What a step of an automation gives to a group of customers. */
export type Gift = {
  /** The automation's id, as `deliveries.automation_id` has it. */
  automation: string
  /** The id of the step within its automation: at most 64 ASCII characters. */
  step: string
  /** As {@link checkReward} keeps it. Days are counted from the day on which it is given. */
  reward: Reward
  recipients: readonly Recipient[]
}

/**
 * Gives each of a group of customers the reward of a step: usable at once, from its first day on. Set-based, and once for
 * each enrolment and step, however often the step is tried: the unique key (enrolment, step) holds it. Rules that ask for
 * rewards are told.
 *
 * @param trx the transaction in which the step is noted as done
 * @param moment today is the local day
 * @returns false when the reward's last day is over: then nobody gets any
 */
export async function giveRewards(
  trx: Database,
  { automation, step, reward, recipients }: Gift,
  { today, now }: { today: Day; now: Date },
): Promise<boolean> {
  const { kind, amount, percent, ceiling, minutes, valid_days: days } = reward
  const from = reward.valid_from ?? today
  const to = days === null ? reward.valid_to : addDays(from, days - 1)
  if (to === null || to < today) return false
  await insertRows(
    trx,
    'rewards',
    [
      ...['provider_id', 'customer_id', 'kind', 'state', 'amount', 'percent', 'ceiling', 'minutes'],
      ...['valid_from', 'valid_to', 'created_at', 'activated_at', 'automation_id', 'enrolment_id', 'step'],
    ],
    recipients.map(({ enrolment, customerId, providerId }) => [
      ...[providerId, customerId, kind, 'active', amount, percent, ceiling, minutes],
      ...[from, to, now, now, automation, enrolment, step],
    ]),
    'ON DUPLICATE KEY UPDATE id = id',
  )
  await tellOfGifts(trx, recipients, now)
  const enrolments = recipients.map(({ enrolment }) => enrolment)
  await noteStepGifts(trx, { step, enrolments }, now)
  return true
}
