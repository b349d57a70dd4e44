import { ScrollArea, Table } from '@mantine/core'
import type { ReactNode } from 'react'
import type { DeliverySearch } from '../../deliveries/deliverySearch.ts'
import { CountLink } from './CountLink.tsx'
import classes from './Report.module.css'

type Cell = { value: number; search: DeliverySearch | null }
type Props = {
  id: string
  label: string
  /** The name of the first column and of those with numbers. */
  columns: readonly [string, ...string[]]
  lines: readonly { key: string; name: ReactNode; cells: readonly Cell[] }[]
}

/** Names with numbers, each of which leads to the messages it counts. */
export function NumbersTable({ id, label, columns: [first, ...others], lines }: Props) {
  return (
    <ScrollArea.Autosize mah={320} viewportProps={{ tabIndex: 0, 'aria-label': label }}>
      <Table verticalSpacing={5} horizontalSpacing="xs" stickyHeader aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{first}</Table.Th>
            {others.map((name) => (
              <Table.Th key={name} ta="right">
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map(({ key, name, cells }) => (
            <Table.Tr key={key}>
              <Table.Td className={classes.url}>{name}</Table.Td>
              {cells.map(({ value, search }, index) => (
                <Table.Td key={others[index]} ta="right">
                  <CountLink id={id} value={value} search={search} />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  )
}
