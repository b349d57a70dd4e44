import { Checkbox, Group, NativeSelect, SimpleGrid } from '@mantine/core'
import { useIntl } from 'react-intl'
import { useText } from '../../shared/useText.tsx'
import { CountOf } from './CountOf.tsx'
import type { Choices } from './catalogueTypes.ts'
import type { ControlProps } from './control.ts'
import type { FieldKind } from './fieldKinds.ts'

const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

type ChoicesProps = ControlProps<string[]> & { choices: Choices }

/** Some of a few known words. */
export function ChoicesInput({ label, value, error, choices, focused, onChange }: ChoicesProps) {
  return (
    <Checkbox.Group aria-label={label} value={listOf(value)} onChange={(next) => onChange(next, true)}>
      <Group gap="xs" style={{ columnGap: 'var(--mantine-spacing-lg)' }}>
        {choices.map((choice, index) => (
          <Checkbox
            key={choice.value}
            value={choice.value}
            error={error !== undefined}
            label={
              <>
                {choice.label} <CountOf count={choice.count} />
              </>
            }
            data-autofocus={(focused && index === 0) || undefined}
          />
        ))}
      </Group>
    </Checkbox.Group>
  )
}

const MONTHS = Array.from({ length: 12 }, (_, index) => index + 1)

/** Some months of the year, by their names. */
export function MonthsInput({ label, value, error, focused, onChange }: ControlProps<number[]>) {
  const { formatDate } = useIntl()
  const chosen = typeof value === 'number' ? [String(value)] : listOf(value)
  return (
    <Checkbox.Group
      aria-label={label}
      value={chosen}
      onChange={(next) =>
        onChange(
          next.map(Number).sort((a, b) => a - b),
          true,
        )
      }
    >
      <SimpleGrid cols={2} spacing="xs" verticalSpacing={6}>
        {MONTHS.map((month, index) => (
          <Checkbox
            key={month}
            value={String(month)}
            error={error !== undefined}
            label={formatDate(new Date(Date.UTC(2024, month - 1, 15)), { month: 'long', timeZone: 'UTC' })}
            data-autofocus={(focused && index === 0) || undefined}
          />
        ))}
      </SimpleGrid>
    </Checkbox.Group>
  )
}

type ChoiceProps = ControlProps<string> & { field: FieldKind }

/** One of a few known words, or none where that is allowed. */
export function ChoiceInput({ label, value, error, field, focused, onChange }: ChoiceProps) {
  const text = useText()
  const open = field.optional && field.usual === undefined
  const none = { value: '', label: text('condition.any') }
  return (
    <NativeSelect
      aria-label={label}
      value={typeof value === 'string' ? value : (field.usual ?? '')}
      error={error !== undefined}
      data={[...(open ? [none] : []), ...field.choices.map((choice) => ({ value: choice.value, label: choice.label }))]}
      data-autofocus={focused || undefined}
      onChange={(event) => onChange(event.currentTarget.value || undefined, true)}
    />
  )
}
