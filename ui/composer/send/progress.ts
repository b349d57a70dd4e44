import type { Campaign } from '../../../api/contract/campaigns.ts'

type Counted = Pick<Campaign, 'total' | 'sent' | 'failed' | 'unconfirmed'>

/** True when nothing more will happen by itself. */
export function isOver({ state }: Pick<Campaign, 'state'>): boolean {
  return state === 'sent' || state === 'cancelled' || state === 'failed'
}

/** The parts of the bar, in percent of all mails. */
export function parts(campaign: Counted): { name: 'sent' | 'failed' | 'unconfirmed'; share: number; color: string }[] {
  const share = (count: number) => (campaign.total === 0 ? 0 : Math.min(100, (100 * count) / campaign.total))
  return [
    { name: 'sent', share: share(campaign.sent), color: 'green' },
    { name: 'failed', share: share(campaign.failed), color: 'red' },
    { name: 'unconfirmed', share: share(campaign.unconfirmed), color: 'orange' },
  ]
}
