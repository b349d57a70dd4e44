import { Button, Group, SegmentedControl } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { SizeOverTime } from '../../api/contract/segmentHistory.ts'
import type { Day } from '../../rules/time.ts'
import { ChoicesFilter } from '../shared/filter/ChoicesFilter.tsx'
import { useText } from '../shared/useText.tsx'
import { type Cause, causesFrom, countAll, countOf, type Way, wayFrom } from './causes.ts'
import { useDayText } from './useDayText.ts'
import { useWithCount } from './useWithCount.ts'

type Props = {
  /** How many there are of each kind, in the days that are listed. */
  sums: SizeOverTime['causes']
  way: Way | null
  causes: readonly Cause[]
  day: Day | undefined
  onChange: (part: { way?: string | undefined; cause?: string | undefined; day?: string | undefined }) => void
}

/** What the list is narrowed by, each choice with the number that it leaves. */
export function TransitionFilters({ sums, way, causes, day, onChange }: Props) {
  const text = useText()
  const dayText = useDayText()
  const withCount = useWithCount()
  const choice = (value: Way | null, label: string) => ({
    value: value ?? 'both',
    label: withCount(label, countAll(sums, value, causes)),
  })
  return (
    <Group gap={8} role="group" aria-label={text('history.narrow')}>
      {day !== undefined && (
        <Button
          size="compact-sm"
          variant="light"
          rightSection={<IconX size={14} aria-hidden="true" />}
          onClick={() => onChange({ day: undefined })}
        >
          {text('history.onlyDay', { day: dayText(day) })}
        </Button>
      )}
      <SegmentedControl
        size="xs"
        aria-label={text('history.who')}
        value={way ?? 'both'}
        onChange={(next) => onChange({ way: wayFrom(next) ?? undefined })}
        data={[
          choice(null, text('history.both')),
          choice('entered', text('history.entered')),
          choice('left', text('history.left')),
        ]}
      />
      <ChoicesFilter
        title={text('history.cause')}
        choices={sums.map((sum) => ({ value: sum.cause, count: countOf(sum, way) }))}
        chosen={causes}
        labelOf={(value) => causesFrom(value ?? '').map((one) => text(`history.cause.${one}`))[0] ?? ''}
        onChange={(next) => onChange({ cause: next.join(',') || undefined })}
      />
    </Group>
  )
}
