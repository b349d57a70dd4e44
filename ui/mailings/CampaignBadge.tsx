import { Badge } from '@mantine/core'
import type { Campaign } from '../../api/contract/campaigns.ts'
import { useText } from '../shared/useText.tsx'

const COLOURS: Readonly<Record<Campaign['state'], string>> = {
  draft: 'gray',
  awaiting_approval: 'orange',
  scheduled: 'blue',
  preparing: 'blue',
  sending: 'blue',
  paused: 'orange',
  sent: 'green',
  cancelled: 'gray',
  failed: 'red',
}

/** Where a mailing stands. */
export function CampaignBadge({ state }: Pick<Campaign, 'state'>) {
  const text = useText()
  return (
    <Badge miw="max-content" color={COLOURS[state]}>
      {text(`campaign.${state}`)}
    </Badge>
  )
}
