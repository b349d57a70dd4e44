import { Table, Text } from '@mantine/core'
import type { PreviewRow } from '../../api/contract/imports.ts'
import { useText } from '../shared/useText.tsx'
import classes from './imports.module.css'

type Row = Pick<PreviewRow, 'number' | 'cells' | 'reasons'> & { stored?: boolean }

/** Rows with something in them that can't be taken, each with what and why. */
export function ProblemsTable({ columns, rows }: { columns: readonly string[]; rows: readonly Row[] }) {
  const text = useText()
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{text('imports.row')}</Table.Th>
          <Table.Th visibleFrom="sm">{text('imports.samples')}</Table.Th>
          <Table.Th>{text('imports.reason')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(({ number, cells, reasons, stored }) => (
          <Table.Tr key={number}>
            <Table.Td className="numbers">{number}</Table.Td>
            <Table.Td visibleFrom="sm" c="dimmed">
              <div className={classes.sample}>{cells.filter((cell) => cell.trim() !== '').join(' · ')}</div>
            </Table.Td>
            <Table.Td>
              {reasons.map(({ code, column, message }) => (
                <Text key={`${code} ${column}`} fz="sm">
                  {column !== null && <b>{columns[column]}: </b>}
                  {message}
                </Text>
              ))}
              {stored === true && (
                <Text fz="xs" c="dimmed">
                  {text('imports.storedWithout')}
                </Text>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
