import { Table, Text } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { Ago } from '../shared/Ago.tsx'
import { Count } from '../shared/Count.tsx'
import { Instant } from '../shared/Instant.tsx'
import { Sparkline } from '../shared/Sparkline.tsx'
import { useSegmentWords } from '../shared/useSegmentWords.ts'
import { useText } from '../shared/useText.tsx'
import { changeOf, type ListedSegment } from './order.ts'
import { RecalculationButton } from './RecalculationButton.tsx'
import classes from './SegmentsPage.module.css'

type Props = {
  segment: ListedSegment
  /** Whose customers are counted, in a segment that is evaluated for each provider. */
  provider: string | null
}

/** One segment of the overview. The whole row opens it; for the keyboard there is the link on its name. */
export function SegmentRow({ segment, provider }: Props) {
  const text = useText()
  const { nameOf, noteOf } = useSegmentWords()
  const navigate = useNavigate()
  const { id, members, last_days: days } = segment
  const change = changeOf(segment)
  const note = noteOf(segment)
  const target = {
    to: '/segments/$id',
    params: { id },
    search: provider !== null && segment.scope === 'provider' ? { provider } : {},
  } as const
  return (
    <Table.Tr className={classes.row} onClick={() => navigate(target)}>
      <Table.Td>
        <Link {...target} className={classes.name} onClick={(event) => event.stopPropagation()}>
          {nameOf(segment)}
        </Link>
        <Text fz="xs" c="dimmed" className={classes.note} title={note} visibleFrom="sm">
          {note}
        </Text>
      </Table.Td>
      <Table.Td ta="right" fz="md">
        <Count value={members} />
      </Table.Td>
      <Table.Td>
        <span className={classes.line}>
          <Sparkline
            values={days.map((day) => day.members)}
            label={text('segments.trend', { first: members - change, last: members })}
          />
          <Text span fz="sm" c="dimmed">
            <Count value={change} signed />
          </Text>
        </span>
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <RecalculationButton segment={segment} />
      </Table.Td>
      <Table.Td visibleFrom="md" c="dimmed" className={classes.oneLine}>
        <Ago at={segment.last_recalculated_at} />
      </Table.Td>
      <Table.Td visibleFrom="lg" c="dimmed" className={classes.oneLine}>
        <Instant at={segment.created_at} />
      </Table.Td>
    </Table.Tr>
  )
}
