import { Checkbox, ScrollArea, Stack, Text } from '@mantine/core'
import { Count } from '../Count.tsx'
import { RowsLoading } from '../Loading.tsx'
import { useText } from '../useText.tsx'
import classes from './ChoicesFilter.module.css'
import { FilterChip } from './FilterChip.tsx'

type Props = {
  title: string
  choices: readonly { value: string | null /** Null where it is not known. */; count: number | null }[]
  chosen: readonly string[]
  labelOf: (value: string | null) => string
  onChange: (values: string[]) => void
  onOpen?: () => void
  /** The choices are on their way. */
  isLoading?: boolean
}

/** A filter whose choices are ticked; those that are not given for some customers stand there with their number. */
export function ChoicesFilter({ title, choices, chosen, labelOf, onChange, onOpen, isLoading = false }: Props) {
  const text = useText()
  const known = choices.filter(({ value }) => value !== null)
  // What was chosen and matches nobody any more can still be taken off.
  const gone = chosen.filter((value) => !choices.some((choice) => choice.value === value))
  const shown = [...known, ...gone.map((value) => ({ value, count: 0 }))]
  const without = choices.find(({ value }) => value === null)
  const counted = choices.filter(({ value, count }) => value !== null && count !== null && chosen.includes(value))
  const left = counted.reduce((sum, { count }) => sum + (count ?? 0), 0)
  const [first, ...others] = chosen
  const words =
    first === undefined
      ? null
      : others.length < 2
        ? chosen.map(labelOf).join(', ')
        : text('filter.more', { first: labelOf(first), count: others.length })

  return (
    <FilterChip title={title} value={words} count={counted.length > 0 ? left : undefined} onOpen={onOpen}>
      <ScrollArea.Autosize mah={300} tabIndex={-1}>
        <Checkbox.Group value={[...chosen]} onChange={onChange}>
          <Stack gap={2}>
            {shown.map(({ value, count }) => (
              <Checkbox
                key={value}
                value={value ?? ''}
                classNames={{
                  root: classes.choice ?? '',
                  body: classes.body ?? '',
                  labelWrapper: classes.wrapper ?? '',
                }}
                label={
                  <span className={classes.words}>
                    <span>{labelOf(value)}</span>
                    {count !== null && <Count value={count} />}
                  </span>
                }
              />
            ))}
          </Stack>
        </Checkbox.Group>
        {without && (
          <Text fz="sm" c="dimmed" className={classes.words} px={8} py={4} component="div">
            <span>{labelOf(null)}</span>
            {without.count !== null && <Count value={without.count} />}
          </Text>
        )}
        {isLoading && shown.length === 0 && <RowsLoading rows={3} height={24} />}
        {!isLoading && shown.length === 0 && (
          <Text fz="sm" c="dimmed" p={8}>
            {text('filter.noChoices')}
          </Text>
        )}
      </ScrollArea.Autosize>
    </FilterChip>
  )
}
