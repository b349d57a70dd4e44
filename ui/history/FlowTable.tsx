import { Table } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Flows } from '../../api/contract/segmentHistory.ts'
import { Count } from '../shared/Count.tsx'
import { changedSearch } from '../shared/changedSearch.ts'
import { useText } from '../shared/useText.tsx'
import { flowToSearch } from './flowSearch.ts'
import classes from './History.module.css'
import { type Flow, isSameFlow } from './sankey.ts'

type Props = {
  flows: Flows
  nameOf: (place: Flow['start']) => string
  chosen: Pick<Flow, 'start' | 'end'> | null
}

/** The numbers behind the picture, the largest first; each leads to its customers. */
export function FlowTable({ flows, nameOf, chosen }: Props) {
  const text = useText()
  return (
    <Table verticalSpacing={6} aria-label={text('flows.picture')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{text('flows.start')}</Table.Th>
          <Table.Th>{text('flows.end')}</Table.Th>
          <Table.Th ta="right">{text('flows.customers')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {[...flows.flows]
          .sort((a, b) => b.customers - a.customers)
          .map((flow) => (
            <Table.Tr
              key={`${flow.start} ${flow.end}`}
              className={classes.day}
              data-chosen={(chosen !== null && isSameFlow(flow, chosen)) || undefined}
            >
              <Table.Td>{nameOf(flow.start)}</Table.Td>
              <Table.Td>{nameOf(flow.end)}</Table.Td>
              <Table.Td ta="right">
                <Link
                  from="/flows"
                  search={(before) => changedSearch(before, flowToSearch(flow))}
                  replace
                  resetScroll={false}
                  className={classes.link}
                  aria-label={text('flows.way', {
                    customers: flow.customers,
                    start: nameOf(flow.start),
                    end: nameOf(flow.end),
                  })}
                >
                  <Count value={flow.customers} />
                </Link>
              </Table.Td>
            </Table.Tr>
          ))}
      </Table.Tbody>
    </Table>
  )
}
