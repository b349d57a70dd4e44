import { Button, ScrollArea, Table, Text } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { IconChartBar, IconTable } from '@tabler/icons-react'
import { useState } from 'react'
import { useIntl } from 'react-intl'
import { useDayText } from '../history/useDayText.ts'
import { Count } from '../shared/Count.tsx'
import { Day } from '../shared/Instant.tsx'
import { useText } from '../shared/useText.tsx'
import classes from './Home.module.css'
import { layOut } from './layOut.ts'
import { Panel } from './Panel.tsx'

const HEIGHT = 150

type Props = {
  /** The heading: what the picture answers. */
  question: string
  /** In one sentence; also what is said of the picture to those who don't see it. */
  answer: string
  kind: 'bars' | 'line'
  /** What the values are; of two, the second is a part of the first. */
  columns: readonly string[]
  days: readonly { day: string; values: readonly number[] }[]
}

/** A picture of some weeks with the answer above it and, at a click, its numbers in its place. */
export function Chart({ question, answer, kind, columns, days }: Props) {
  const text = useText()
  const [asTable, setAsTable] = useState(false)
  return (
    <Panel
      title={question}
      aside={
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={asTable ? <IconChartBar size={14} /> : <IconTable size={14} />}
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
          aria-label={text('home.asTableOf', { question })}
        >
          {text('home.asTable')}
        </Button>
      }
    >
      <Text fz="sm" mb={10}>
        {answer}
      </Text>
      {asTable ? (
        <ScrollArea h={HEIGHT + 24} viewportProps={{ tabIndex: 0, 'aria-label': question }}>
          <Table verticalSpacing={4} stickyHeader aria-label={question}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{text('history.day')}</Table.Th>
                {columns.map((column) => (
                  <Table.Th key={column} ta="right">
                    {column}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {days.toReversed().map(({ day, values }) => (
                <Table.Tr key={day}>
                  <Table.Td>
                    <Day day={day} />
                  </Table.Td>
                  {columns.map((column, index) => (
                    <Table.Td key={column} ta="right">
                      <Count value={values[index] ?? 0} />
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea>
      ) : (
        <Picture answer={answer} kind={kind} columns={columns} days={days} />
      )}
    </Panel>
  )
}

function Picture({ answer, kind, columns, days }: Omit<Props, 'question'>) {
  const intl = useIntl()
  const dayText = useDayText()
  const { ref, width } = useElementSize()
  const { scale, bars, line, area, step } = layOut(days, kind, width, HEIGHT)
  const [first, last] = [days[0], days.at(-1)]
  return (
    <div ref={ref}>
      <svg width="100%" height={HEIGHT} role="img" aria-label={answer}>
        {scale.map(({ value, y }) => (
          <g key={value}>
            <line x1={44} x2="100%" y1={y} y2={y} className={classes.grid} />
            <text x={38} y={y + 4} className={classes.number} textAnchor="end">
              {intl.formatNumber(value, { notation: 'compact' })}
            </text>
          </g>
        ))}
        {kind === 'line' && (
          <>
            <path d={area} className={classes.area} />
            <path d={line} className={classes.way} />
          </>
        )}
        {bars.map(({ x, parts }, index) => (
          <g key={days[index]?.day}>
            {parts.map(({ y, height }, part) => (
              <rect
                key={columns[part]}
                x={x + step * 0.15}
                y={y}
                width={Math.max(1, step * 0.7)}
                height={height}
                className={part === 0 ? classes.whole : classes.part}
              />
            ))}
            {/* the whole height, so that pointing somewhere at the day says its numbers */}
            <rect x={x} y={0} width={step} height={HEIGHT} fill="transparent">
              <title>
                {`${dayText(days[index]?.day ?? '')}: ${columns
                  .map((column, part) => `${intl.formatNumber(days[index]?.values[part] ?? 0)} ${column}`)
                  .join(', ')}`}
              </title>
            </rect>
          </g>
        ))}
      </svg>
      <div className={classes.ends} aria-hidden="true">
        <span>{first && dayText(first.day)}</span>
        <span>{last && dayText(last.day)}</span>
      </div>
    </div>
  )
}
