import { Group, NumberInput, Stack, UnstyledButton } from '@mantine/core'
import { Count } from '../Count.tsx'
import { useText } from '../useText.tsx'
import classes from './BookingsFilter.module.css'
import { FilterChip } from './FilterChip.tsx'

type Range = { min?: number | undefined; max?: number | undefined }
type Props = {
  choices: readonly { min: number; max: number | null; count: number }[] | undefined
  chosen: Range | undefined
  onChange: (range: { min?: number; max?: number } | undefined) => void
  onOpen?: () => void
}

const whole = (value: string | number): number | undefined =>
  typeof value === 'number' ? Math.floor(value) : undefined
const rangeOf = (min: number | undefined, max: number | undefined) => ({
  ...(min === undefined ? {} : { min }),
  ...(max === undefined ? {} : { max }),
})

/** How many bookings: one of the usual ranges, each with its number of customers, or any other. */
export function BookingsFilter({ choices = [], chosen, onChange, onOpen }: Props) {
  const text = useText()
  const { min, max } = chosen ?? {}
  const isOpen = min === undefined && max === undefined
  const wordsOf = (from: number, to: number | null) =>
    to === null
      ? text('bookings.from', { min: from })
      : from === to
        ? text('bookings.exact', { min: from })
        : text('bookings.range', { min: from, max: to })
  const words =
    min !== undefined ? wordsOf(min, max ?? null) : max !== undefined ? text('bookings.upTo', { max }) : null
  const isChosen = (choice: { min: number; max: number | null }) =>
    !isOpen && choice.min === (min ?? 0) && choice.max === (max ?? null)

  return (
    <FilterChip title={text('filter.bookings')} value={words} count={choices.find(isChosen)?.count} onOpen={onOpen}>
      <Stack gap={2}>
        {choices.map((choice) => (
          <UnstyledButton
            key={choice.min}
            className={classes.choice}
            aria-pressed={isChosen(choice)}
            onClick={() => onChange(isChosen(choice) ? undefined : rangeOf(choice.min, choice.max ?? undefined))}
          >
            <span>{wordsOf(choice.min, choice.max)}</span>
            <Count value={choice.count} />
          </UnstyledButton>
        ))}
      </Stack>
      <Group grow gap={8} p={8} pt={10}>
        <NumberInput
          size="xs"
          label={text('filter.bookingsFrom')}
          min={0}
          allowDecimal={false}
          value={min ?? ''}
          onChange={(value) => onChange(rangeOf(whole(value), max))}
        />
        <NumberInput
          size="xs"
          label={text('filter.bookingsTo')}
          min={0}
          allowDecimal={false}
          value={max ?? ''}
          onChange={(value) => onChange(rangeOf(min, whole(value)))}
        />
      </Group>
    </FilterChip>
  )
}
