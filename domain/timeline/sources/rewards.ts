import type { Source } from '../source.ts'
import { PROVIDER_NAME, tableSource, WITH_PROVIDER } from './tableSource.ts'

/** What a reward is; its kind stands under another name, for an entry has a kind of its own. */
const SIZE = { form: 'x.kind', amount: 'x.amount', percent: 'x.percent', ceiling: 'x.ceiling', minutes: 'x.minutes' }

/** The day after its last one; the business's midnight, to the hour of UTC's. */
const AFTER = 'CAST(DATE_ADD(x.valid_to, INTERVAL 1 DAY) AS DATETIME(3))'

/** What becomes of rewards: given, used, expired unused or cancelled. What still waits for its message is none yet. */
export const REWARD_SOURCES: readonly Source[] = [
  tableSource('expiry', {
    from: `rewards x ${WITH_PROVIDER}`,
    at: `COALESCE(x.given_back_at, ${AFTER})`,
    provider: PROVIDER_NAME,
    providerId: 'x.provider_id',
    columns: { ...SIZE, why: "CASE WHEN x.state = 'given_back' THEN 'given_back' ELSE 'expired' END" },
    where: "x.state IN ('active', 'given_back')",
  }),
  tableSource('redemption', {
    // found by the customer's rewards
    from: `rewards r JOIN redemptions x ON x.reward_id = r.id AND x.customer_id = r.customer_id
      JOIN bookings b ON b.id = x.booking_id ${WITH_PROVIDER}`,
    customer: 'r.customer_id',
    at: 'x.redeemed_at',
    provider: PROVIDER_NAME,
    providerId: 'x.provider_id',
    columns: {
      booking: 'b.external_id',
      discount: 'x.discount',
      taken_back: "CASE WHEN x.standing = 1 THEN 'no' ELSE 'yes' END",
    },
  }),
  tableSource('reward', {
    from: `rewards x ${WITH_PROVIDER}`,
    at: 'x.activated_at',
    provider: PROVIDER_NAME,
    providerId: 'x.provider_id',
    columns: { ...SIZE, by: 'x.given_by' },
    where: 'x.activated_at IS NOT NULL',
  }),
]
