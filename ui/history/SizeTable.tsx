import { ScrollArea, Table, UnstyledButton } from '@mantine/core'
import type { Day as CalendarDay } from '../../rules/time.ts'
import { Count } from '../shared/Count.tsx'
import { Day } from '../shared/Instant.tsx'
import { useText } from '../shared/useText.tsx'
import type { ChartDay } from './chart.ts'
import classes from './History.module.css'
import { useDayText } from './useDayText.ts'

type Props = { days: readonly ChartDay[]; chosen: CalendarDay | undefined; onChoose: (day: CalendarDay) => void }

/** The numbers behind the chart, newest day first; each day leads to who entered and left on it. */
export function SizeTable({ days, chosen, onChoose }: Props) {
  const text = useText()
  const dayText = useDayText()
  return (
    <ScrollArea.Autosize mah={420} viewportProps={{ tabIndex: 0, 'aria-label': text('history.size') }}>
      <Table verticalSpacing={6} stickyHeader aria-label={text('history.size')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{text('history.day')}</Table.Th>
            <Table.Th ta="right">{text('history.members')}</Table.Th>
            <Table.Th ta="right">{text('history.entered')}</Table.Th>
            <Table.Th ta="right">{text('history.left')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {days.toReversed().map(({ day, members, entered, left }) => (
            <Table.Tr key={day} className={classes.day} data-chosen={day === chosen || undefined}>
              <Table.Td>
                <UnstyledButton
                  className={classes.link}
                  onClick={() => onChoose(day)}
                  aria-label={text('history.showDay', { day: dayText(day) })}
                >
                  <Day day={day} />
                </UnstyledButton>
              </Table.Td>
              <Table.Td ta="right">
                <Count value={members} />
              </Table.Td>
              <Table.Td ta="right">
                <Count value={entered} signed />
              </Table.Td>
              <Table.Td ta="right">
                <Count value={-left} signed />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  )
}
