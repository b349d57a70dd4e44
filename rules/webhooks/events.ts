/**
 * What an endpoint can be told of, with what each event means. `data` of each has the same fields always; docs/webhooks.md
 * has them.
 */
export const WEBHOOK_EVENTS = [
  'segment.entered',
  'segment.left',
  'status.changed',
  'delivery.sent',
  'delivery.delivered',
  'delivery.bounced',
  'delivery.failed',
  'delivery.unconfirmed',
  'delivery.cancelled',
  'delivery.opened',
  'delivery.clicked',
  'delivery.complained',
  'suppression.set',
  'suppression.lifted',
  'reward.given',
  'reward.used',
  'reward.taken_back',
  'enrolment.entered',
  'enrolment.ended',
  'survey.answered',
  'customer.merged',
] as const

export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number]

/** What somebody has sent to see whether it arrives; nobody subscribes to it. */
export const TEST_EVENT = 'webhook.test'

/** Events are kept, to be sent again, and their attempts to be looked at, for so many days. */
export const KEPT_DAYS = 30
