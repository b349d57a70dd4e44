import { Group, Select } from '@mantine/core'
import { useText } from '../../shared/useText.tsx'
import { CountOf } from './CountOf.tsx'
import type { ControlProps } from './control.ts'
import type { FieldKind } from './fieldKinds.ts'
import { found } from './found.ts'

type Props = ControlProps<string> & { field: FieldKind }

/** One thing by its name (a segment, a campaign), with how many are in it; or none where that is allowed. */
export function PickOne({ label, value, error, field, focused, onChange }: Props) {
  const text = useText()
  const chosen = typeof value === 'string' && value !== '' ? value : null
  // what was deleted since is still asked for, by its id
  const gone = chosen !== null && !field.choices.some((choice) => choice.value === chosen)
  const choices = gone ? [...field.choices, { value: chosen, label: chosen }] : field.choices
  const counts = new Map(choices.map((choice) => [choice.value, choice.count]))
  return (
    <Select
      aria-label={label}
      value={chosen}
      data={choices.map((choice) => ({ value: choice.value, label: choice.label }))}
      searchable
      clearable={field.optional}
      clearButtonProps={{ 'aria-label': text('condition.remove', { what: label }) }}
      allowDeselect={false}
      error={error !== undefined}
      placeholder={text(field.optional ? 'condition.any' : 'condition.choose')}
      nothingFoundMessage={text('condition.nothing')}
      withScrollArea={false}
      styles={{ options: { maxHeight: 220, overflowY: 'auto' } }}
      comboboxProps={{ withinPortal: false }}
      filter={({ options, search }) => {
        const values = found(choices, search).map((choice) => choice.value)
        return values.flatMap((one) => options.filter((option) => 'value' in option && option.value === one))
      }}
      renderOption={({ option }) => (
        <Group justify="space-between" wrap="nowrap" gap="xs" flex={1}>
          <span>{option.label}</span>
          <CountOf count={counts.get(option.value)} />
        </Group>
      )}
      data-autofocus={focused || undefined}
      onChange={(next) => onChange(next ?? undefined, true)}
    />
  )
}
