import type { Campaign } from '../../../api/contract/campaigns.ts'

type Counted = Pick<Campaign, 'state' | 'total' | 'sent' | 'failed' | 'unconfirmed' | 'cancelled' | 'bounced'>

/** True when nothing more will happen by itself. */
export function isOver({ state }: Pick<Campaign, 'state'>): boolean {
  return state === 'sent' || state === 'cancelled' || state === 'failed'
}

/** How many are neither sent nor given up. */
export function waiting({ total, sent, failed, unconfirmed, cancelled, bounced }: Counted): number {
  // What bounced was sent before and is counted there; what failed otherwise never went.
  const neverWent = Math.max(0, failed - bounced)
  return Math.max(0, total - sent - neverWent - unconfirmed - cancelled)
}

/** The parts of the bar, in percent of all mails. */
export function parts(campaign: Counted): { name: 'sent' | 'failed' | 'unconfirmed'; share: number; color: string }[] {
  const share = (count: number) => (campaign.total === 0 ? 0 : Math.min(100, (100 * count) / campaign.total))
  const good = Math.max(0, campaign.sent - campaign.bounced)
  return [
    { name: 'sent', share: share(good), color: 'green' },
    { name: 'failed', share: share(campaign.failed), color: 'red' },
    { name: 'unconfirmed', share: share(campaign.unconfirmed), color: 'orange' },
  ]
}
