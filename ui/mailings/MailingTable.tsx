import { Table } from '@mantine/core'
import type { Campaign } from '../../api/contract/campaigns.ts'
import { useText } from '../shared/useText.tsx'
import { MailingRow } from './MailingRow.tsx'

/** Mailings with what became of each. */
export function MailingTable({ mailings, label }: { mailings: readonly Campaign[]; label: string }) {
  const text = useText()
  return (
    <Table highlightOnHover aria-label={label}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{text('mailings.subject')}</Table.Th>
          <Table.Th visibleFrom="sm">{text('mailings.state')}</Table.Th>
          <Table.Th ta="right">{text('mailings.sent')}</Table.Th>
          <Table.Th ta="right">{text('mailings.opened')}</Table.Th>
          <Table.Th ta="right" visibleFrom="xs">
            {text('mailings.clicked')}
          </Table.Th>
          <Table.Th ta="right" visibleFrom="md">
            {text('mailings.bounced')}
          </Table.Th>
          <Table.Th visibleFrom="md">{text('mailings.when')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {mailings.map((mailing) => (
          <MailingRow key={mailing.id} mailing={mailing} />
        ))}
      </Table.Tbody>
    </Table>
  )
}
