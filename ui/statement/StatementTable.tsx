import { Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useIntl } from 'react-intl'
import type { StatementLine } from '../../api/contract/ledger.ts'
import classes from '../rewards/Rewards.module.css'
import { CustomerLink } from '../shared/CustomerLink.tsx'
import { Day, Instant } from '../shared/Instant.tsx'
import { Money } from '../shared/Money.tsx'
import { useReadableSubject } from '../shared/useReadableSubject.ts'
import { useText } from '../shared/useText.tsx'

/** The entries of a statement, newest first: for which appointment of whom, and what they came to. */
export function StatementTable({ lines }: { lines: readonly StatementLine[] }) {
  const text = useText()
  const intl = useIntl()
  const subjectOf = useReadableSubject()
  const wordsOf = ({ kind, rate, reverses }: StatementLine) => {
    const share = intl.formatNumber(rate ?? 0, { style: 'percent', maximumFractionDigits: 4 })
    const what = kind === 'discount' ? text('statement.kind.discount') : text(`statement.kind.${kind}`, { rate: share })
    return reverses === null ? what : text('statement.reversed', { what })
  }
  return (
    <div className={classes.table}>
      <Table highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{text('statement.day')}</Table.Th>
            <Table.Th>{text('statement.what')}</Table.Th>
            <Table.Th visibleFrom="sm">{text('statement.customer')}</Table.Th>
            <Table.Th visibleFrom="sm">{text('statement.booking')}</Table.Th>
            <Table.Th visibleFrom="sm" ta="right">
              {text('statement.price')}
            </Table.Th>
            <Table.Th ta="right">{text('statement.amount')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map((line) => (
            <Table.Tr key={line.id}>
              <Table.Td style={{ whiteSpace: 'nowrap' }}>
                <Day day={line.day} />
              </Table.Td>
              <Table.Td>
                {wordsOf(line)}
                <Text fz="xs" c="dimmed" hiddenFrom="sm">
                  {line.customer.name}
                </Text>
                {line.campaign !== null && (
                  <Text fz="xs" c="dimmed">
                    <Link to="/mailings/$id" params={{ id: line.campaign.id }}>
                      {subjectOf(line.campaign.name)}
                    </Link>
                  </Text>
                )}
              </Table.Td>
              <Table.Td visibleFrom="sm">
                <CustomerLink id={line.customer.id} name={line.customer.name} />
              </Table.Td>
              <Table.Td visibleFrom="sm" c="dimmed">
                <Instant at={line.starts_at} time />
                <Text fz="xs" c="dimmed">
                  {line.booking}
                </Text>
              </Table.Td>
              <Table.Td visibleFrom="sm" ta="right" c="dimmed">
                <Money minor={line.price} />
              </Table.Td>
              <Table.Td ta="right">
                <Money minor={line.amount} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}
