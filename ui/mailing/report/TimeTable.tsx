import { ScrollArea, Table } from '@mantine/core'
import { Count } from '../../shared/Count.tsx'
import { useText } from '../../shared/useText.tsx'
import type { Stretch } from './stretch.ts'

/** The numbers behind the picture. */
export function TimeTable({ stretches }: { stretches: readonly Stretch[] }) {
  const text = useText()
  return (
    <ScrollArea.Autosize mah={260} viewportProps={{ tabIndex: 0, 'aria-label': text('report.overTime') }}>
      <Table verticalSpacing={4} horizontalSpacing="xs" stickyHeader aria-label={text('report.overTime')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{text('report.when')}</Table.Th>
            <Table.Th ta="right">{text('report.sent')}</Table.Th>
            <Table.Th ta="right">{text('report.opened')}</Table.Th>
            <Table.Th ta="right">{text('report.clicked')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {stretches.map(({ name, sent, opened, clicked }, index) => (
            <Table.Tr key={name + String(index)}>
              <Table.Td>{name}</Table.Td>
              <Table.Td ta="right">
                <Count value={sent} />
              </Table.Td>
              <Table.Td ta="right">
                <Count value={opened} />
              </Table.Td>
              <Table.Td ta="right">
                <Count value={clicked} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  )
}
