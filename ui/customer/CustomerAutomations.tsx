import { Badge, Group } from '@mantine/core'
import { IconRoute2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { WaySteps } from '../automation/live/WaySteps.tsx'
import { customerEnrolmentsQuery } from '../client/automations.ts'
import { EmptyState } from '../shared/EmptyState.tsx'
import { ErrorState } from '../shared/ErrorState.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { useText } from '../shared/useText.tsx'
import { Sheet } from './Sheet.tsx'

const COLOURS = {
  active: 'blue',
  failed: 'red',
  finished: 'gray',
  goal: 'green',
  exited: 'gray',
  stopped: 'gray',
  held_out: 'gray',
} as const

/** The customer's ways through automations, newest first, with every step. */
export function CustomerAutomations({ customer }: { customer: { id: string } }) {
  const text = useText()
  const { data, error, refetch } = useQuery({ ...customerEnrolmentsQuery(customer.id), refetchInterval: 5_000 })
  if (!data) {
    return <ListPanel>{error ? <ErrorState error={error} onRetry={refetch} /> : <RowsLoading rows={3} />}</ListPanel>
  }
  if (data.items.length === 0) {
    return (
      <ListPanel>
        <EmptyState icon={IconRoute2} title={text('customer.automations')} text={text('customer.automations.none')} />
      </ListPanel>
    )
  }
  return data.items.map((way) => (
    <Sheet key={way.id} title={way.automation.name}>
      <Group gap="xs" mb="xs">
        <Badge color={COLOURS[way.state]} miw="max-content">
          {text(`automation.state.way.${way.state}`)}
        </Badge>
        <Link
          to="/automations/$id"
          params={{ id: way.automation.id }}
          search={{ mode: 'live', version: String(way.version), customer: customer.id }}
        >
          {text('automation.way.show')}
        </Link>
      </Group>
      <WaySteps way={way} />
    </Sheet>
  ))
}
