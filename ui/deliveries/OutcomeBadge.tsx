import { Badge } from '@mantine/core'
import type { Delivery } from '../../api/contract/customers.ts'
import { useText } from '../shared/useText.tsx'
import { OUTCOME_COLOURS, outcomeOf } from './outcome.ts'

/** What became of a message. */
export function OutcomeBadge({ delivery }: { delivery: Pick<Delivery, 'state' | 'opened_at' | 'clicked_at'> }) {
  const text = useText()
  const outcome = outcomeOf(delivery)
  return (
    <Badge miw="max-content" color={OUTCOME_COLOURS[outcome]}>
      {text(`delivery.${outcome}`)}
    </Badge>
  )
}
