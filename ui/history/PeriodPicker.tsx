import { Group, SegmentedControl, TextInput } from '@mantine/core'
import type { Day } from '../../rules/time.ts'
import { useText } from '../shared/useText.tsx'
import { lastDays, type Period, PRESETS, presetOf, readDay } from './period.ts'

type Props = { period: Period; today: Day; onChange: (period: Period) => void }

/** A period: the usual ones with one click, any other by its first and last day. */
export function PeriodPicker({ period, today, onChange }: Props) {
  const text = useText()
  const { from, to } = period
  return (
    <Group gap="sm" role="group" aria-label={text('history.period')}>
      <SegmentedControl
        size="xs"
        aria-label={text('history.period')}
        value={String(presetOf(period, today))}
        onChange={(days) => onChange(lastDays(Number(days), today))}
        data={PRESETS.map((days) => ({
          value: String(days),
          label: days === 365 ? text('history.lastYear') : text('history.lastDays', { days }),
        }))}
      />
      <Group gap={6}>
        <TextInput
          type="date"
          size="xs"
          aria-label={text('history.from')}
          value={from}
          max={to}
          onChange={({ currentTarget: { value } }) => {
            const day = readDay(value)
            if (day !== undefined && day <= to) onChange({ from: day, to })
          }}
        />
        <span aria-hidden="true">–</span>
        <TextInput
          type="date"
          size="xs"
          aria-label={text('history.to')}
          value={to}
          min={from}
          max={today}
          onChange={({ currentTarget: { value } }) => {
            const day = readDay(value)
            if (day !== undefined && day >= from && day <= today) onChange({ from, to: day })
          }}
        />
      </Group>
    </Group>
  )
}
