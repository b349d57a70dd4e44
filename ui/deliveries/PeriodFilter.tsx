import { Group, TextInput } from '@mantine/core'
import { readDay } from '../history/period.ts'
import { useDayText } from '../history/useDayText.ts'
import { FilterChip } from '../shared/filter/FilterChip.tsx'
import { useText } from '../shared/useText.tsx'

type Period = { from?: string | undefined; to?: string | undefined }

/** On which days of the business's calendar; either end may be open. */
export function PeriodFilter({ from, to, onChange }: Period & { onChange: (period: Period) => void }) {
  const text = useText()
  const dayText = useDayText()
  const words =
    from !== undefined && to !== undefined
      ? text('deliveries.between', { from: dayText(from), to: dayText(to) })
      : from !== undefined
        ? text('deliveries.since', { from: dayText(from) })
        : to !== undefined
          ? text('deliveries.until', { to: dayText(to) })
          : null
  return (
    <FilterChip title={text('deliveries.when')} value={words}>
      <Group grow gap={8} p={8}>
        <TextInput
          type="date"
          size="xs"
          label={text('deliveries.from')}
          value={from ?? ''}
          max={to ?? ''}
          onChange={({ currentTarget: { value } }) => onChange({ from: readDay(value), to })}
        />
        <TextInput
          type="date"
          size="xs"
          label={text('deliveries.to')}
          value={to ?? ''}
          min={from ?? ''}
          onChange={({ currentTarget: { value } }) => onChange({ from, to: readDay(value) })}
        />
      </Group>
    </FilterChip>
  )
}
