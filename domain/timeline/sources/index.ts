import type { Source } from '../source.ts'
import { AUTOMATION_SOURCES } from './automations.ts'
import { REWARD_SOURCES } from './rewards.ts'
import { PROVIDER_NAME, tableSource, WITH_PROVIDER } from './tableSource.ts'

/** What happens to a customer. At one instant, what comes first here came last: a booking, and the status that it brought. */
export const SOURCES: readonly Source[] = [
  tableSource('note', {
    from: `customer_notes x ${WITH_PROVIDER}`,
    at: 'x.created_at',
    provider: PROVIDER_NAME,
    providerId: 'x.provider_id',
    columns: { note: 'CAST(x.id AS CHAR)', text: 'x.text', by: 'x.written_by', edited_by: 'x.edited_by' },
  }),
  tableSource('status', {
    from: 'status_changes x',
    at: 'x.at',
    columns: {
      from: 'x.from_status',
      to: 'x.to_status',
      cause: 'x.cause',
      rule: 'x.rule_id',
      by: 'x.changed_by',
      automation: 'x.automation_id',
    },
  }),
  tableSource('segment', {
    from: `segment_transitions x JOIN segments s ON s.id = x.segment_id ${WITH_PROVIDER}`,
    at: 'x.at',
    provider: PROVIDER_NAME,
    providerId: 'x.provider_id',
    columns: { segment: 's.`key`', name: 's.name', entered: 'x.entered', cause: 'x.cause' },
    merged: true,
  }),
  tableSource('merge', {
    from: 'customer_merges x',
    at: 'x.merged_at',
    columns: { went: 'x.went', by: 'x.merged_by' },
  }),
  ...REWARD_SOURCES,
  ...AUTOMATION_SOURCES,
  tableSource('delivery', {
    from: `deliveries x JOIN campaigns k ON k.id = x.campaign_id LEFT JOIN providers p ON p.id = k.provider_id`,
    at: 'COALESCE(x.sent_at, x.queued_at)',
    provider: PROVIDER_NAME,
    providerId: 'k.provider_id',
    columns: { campaign: 'CAST(k.id AS CHAR)', name: 'k.name', channel: 'x.channel', state: 'x.state' },
    where: 'x.test = 0',
  }),
  tableSource('review', {
    from: `reviews x ${WITH_PROVIDER}`,
    at: 'x.reviewed_at',
    provider: PROVIDER_NAME,
    providerId: 'x.provider_id',
    columns: { rating: 'x.rating' },
    where: 'x.deleted = 0',
  }),
  tableSource('payment', {
    from: `payments x ${WITH_PROVIDER}`,
    at: 'x.paid_at',
    provider: PROVIDER_NAME,
    providerId: 'x.provider_id',
    columns: { amount: 'x.amount' },
    where: 'x.deleted = 0',
  }),
  tableSource('interaction', {
    from: `interactions x ${WITH_PROVIDER}`,
    at: 'x.at',
    provider: PROVIDER_NAME,
    providerId: 'x.provider_id',
    columns: { direction: 'x.direction' },
    where: 'x.deleted = 0',
  }),
  tableSource('booking', {
    from: `bookings x ${WITH_PROVIDER}`,
    at: 'x.starts_at',
    provider: PROVIDER_NAME,
    providerId: 'x.provider_id',
    columns: { state: 'x.state', service: 'x.service', minutes: 'x.minutes', price: 'x.price' },
    where: 'x.deleted = 0',
  }),
]
