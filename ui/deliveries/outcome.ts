import type { Delivery } from '../../api/contract/customers.ts'

/** The furthest that a message came: a click says more than an opening, an opening more than a delivery. */
export type Outcome = Delivery['state'] | 'opened' | 'clicked'

export function outcomeOf(delivery: Pick<Delivery, 'state' | 'opened_at' | 'clicked_at'>): Outcome {
  if (delivery.state === 'bounced' || delivery.state === 'failed') return delivery.state
  if (delivery.clicked_at !== null) return 'clicked'
  if (delivery.opened_at !== null) return 'opened'
  return delivery.state
}

/** When that was. */
export function outcomeAt(delivery: Omit<Delivery, 'events'>): string {
  switch (outcomeOf(delivery)) {
    case 'clicked':
      return delivery.clicked_at ?? delivery.queued_at
    case 'opened':
      return delivery.opened_at ?? delivery.queued_at
    case 'delivered':
      return delivery.delivered_at ?? delivery.queued_at
    case 'bounced':
      return delivery.bounced_at ?? delivery.queued_at
    case 'sent':
    case 'unconfirmed':
      return delivery.sent_at ?? delivery.queued_at
    default:
      return delivery.queued_at
  }
}

/** Attention where a person should look, green where the customer reacted, grey while it is on its way. */
export const OUTCOME_COLOURS: Readonly<Record<Outcome, string>> = {
  queued: 'gray',
  sending: 'gray',
  unconfirmed: 'orange',
  sent: 'blue',
  delivered: 'blue',
  opened: 'green',
  clicked: 'green',
  bounced: 'red',
  failed: 'red',
  cancelled: 'gray',
}

/** Whether somebody may say that it shall go again. */
export const canResend = (delivery: Pick<Delivery, 'state' | 'test'>): boolean =>
  !delivery.test && ['unconfirmed', 'failed', 'bounced'].includes(delivery.state)
