import { Table } from '@mantine/core'
import type { ReactNode } from 'react'
import type { MessageId } from '../messages/index.ts'
import { SortHeader } from '../shared/SortHeader.tsx'
import { useText } from '../shared/useText.tsx'
import { type Column, type ListedSegment, nextOrder, type Order } from './order.ts'
import { SegmentRow } from './SegmentRow.tsx'
import classes from './SegmentsPage.module.css'

const HEADS: readonly (readonly [Column, MessageId, { ta?: 'right'; visibleFrom?: 'sm' | 'md' | 'lg' }])[] = [
  ['name', 'segments.name', {}],
  ['members', 'segments.customers', { ta: 'right' }],
  ['change', 'segments.sevenDays', {}],
  ['recalculation', 'segments.recalculation', { visibleFrom: 'sm' }],
  ['last', 'segments.last', { visibleFrom: 'md' }],
  ['created', 'segments.created', { visibleFrom: 'lg' }],
]

/** Segments that stand together; `heading` is the line over them, if there is one. */
export type Group = { key: string; heading?: ReactNode; provider: string | null; segments: readonly ListedSegment[] }

type Props = { groups: readonly Group[]; order: Order; onOrder: (order: Order) => void }

/** The segments of all groups under one head, so that their numbers stand under each other. */
export function SegmentTable({ groups, order, onOrder }: Props) {
  const text = useText()
  return (
    <Table highlightOnHover verticalSpacing={9} className={classes.table ?? ''} aria-label={text('segments.title')}>
      <Table.Thead>
        <Table.Tr>
          {HEADS.map(([column, label, cell]) => (
            <SortHeader
              key={column}
              sorted={order?.column === column ? (order.descending ? 'descending' : 'ascending') : null}
              onSort={() => onOrder(nextOrder(order, column))}
              {...cell}
            >
              {text(label)}
            </SortHeader>
          ))}
        </Table.Tr>
      </Table.Thead>
      {groups.map(({ key, heading, provider, segments }) => (
        <Table.Tbody key={key}>
          {heading !== undefined && (
            <Table.Tr className={classes.group}>
              <Table.Th colSpan={HEADS.length} scope="rowgroup">
                {heading}
              </Table.Th>
            </Table.Tr>
          )}
          {segments.map((segment) => (
            <SegmentRow key={segment.id} segment={segment} provider={provider} />
          ))}
        </Table.Tbody>
      ))}
    </Table>
  )
}
