import { Badge, Table, Text } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import type { z } from 'zod'
import type { listSegments } from '../../api/contract/segments.ts'
import { Ago } from '../shared/Ago.tsx'
import { Count } from '../shared/Count.tsx'
import { Sparkline } from '../shared/Sparkline.tsx'
import { useText } from '../shared/useText.tsx'
import { RecalculationBadge } from './RecalculationBadge.tsx'
import classes from './SegmentsPage.module.css'

export type ListedSegment = z.infer<typeof listSegments.answer>['items'][number]

/** One segment of the overview. The whole row opens it; for the keyboard there is the link on its name. */
export function SegmentRow({ segment }: { segment: ListedSegment }) {
  const text = useText()
  const navigate = useNavigate()
  const { id, name, note, members, last_days: days } = segment
  const first = days[0]?.members ?? members
  return (
    <Table.Tr className={classes.row} onClick={() => navigate({ to: '/segments/$id', params: { id } })}>
      <Table.Td>
        <Link to="/segments/$id" params={{ id }} className={classes.name} onClick={(event) => event.stopPropagation()}>
          {name}
        </Link>
        {segment.scope === 'provider' && (
          <Badge ml="xs" color="gray">
            {text('segments.perProvider')}
          </Badge>
        )}
      </Table.Td>
      <Table.Td ta="right" fz="md">
        <Count value={members} />
      </Table.Td>
      <Table.Td>
        <span className={classes.line}>
          <Sparkline values={days.map((day) => day.members)} label={text('segments.trend', { first, last: members })} />
          <Text span fz="sm" c="dimmed">
            <Count value={members - first} signed />
          </Text>
        </span>
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <RecalculationBadge segment={segment} />
      </Table.Td>
      <Table.Td visibleFrom="md" c="dimmed" className={classes.oneLine}>
        <Ago at={segment.last_recalculated_at} />
      </Table.Td>
      <Table.Td visibleFrom="md" c="dimmed">
        {note}
      </Table.Td>
    </Table.Tr>
  )
}
