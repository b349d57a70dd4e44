import type { Campaign } from '../../api/contract/campaigns.ts'

/** How many messages are still to be handed over. */
export function waitingOf(mailing: Pick<Campaign, 'total' | 'sent' | 'failed' | 'unconfirmed' | 'cancelled'>): number {
  const { total, sent, failed, unconfirmed, cancelled } = mailing
  // What bounced is among the failed, not among the sent.
  return Math.max(0, total - sent - failed - unconfirmed - cancelled)
}
