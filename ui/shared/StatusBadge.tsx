import { Badge } from '@mantine/core'
import type { CustomerSummary } from '../../api/contract/customers.ts'
import { useText } from './useText.tsx'

const COLOURS = { lead: 'gray', customer: 'blue', vip: 'yellow' } as const

/** Lead, customer or VIP. */
export function StatusBadge({ status }: { status: CustomerSummary['status'] }) {
  const text = useText()
  return (
    <Badge color={COLOURS[status]} miw="max-content">
      {text(`status.${status}`)}
    </Badge>
  )
}
