import { Badge } from '@mantine/core'
import type { Webhook } from '../../api/contract/webhooks.ts'
import { useText } from '../shared/useText.tsx'

/** Whether calls go, and whether they arrive. */
export function WebhookBadge({ webhook }: { webhook: Pick<Webhook, 'state' | 'failing_since' | 'off_reason'> }) {
  const text = useText()
  if (webhook.off_reason !== null) return <Badge color="red">{text('webhooks.offByItself')}</Badge>
  if (webhook.state === 'off') return <Badge color="gray">{text('webhooks.off')}</Badge>
  if (webhook.failing_since !== null) return <Badge color="orange">{text('webhooks.failing')}</Badge>
  return <Badge color="green">{text('webhooks.on')}</Badge>
}
