import { Checkbox, Group, TagsInput } from '@mantine/core'
import { useText } from '../../shared/useText.tsx'
import type { FieldKind } from './fieldKinds.ts'

type Props = {
  label: string
  value: unknown
  choices: FieldKind['choices']
  focused?: boolean
  onChange: (value: string[]) => void
}

const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

/** Some of a few known words. */
export function ChoicesInput({ label, value, choices, focused = false, onChange }: Props) {
  return (
    <Checkbox.Group aria-label={label} value={listOf(value)} onChange={onChange}>
      <Group gap="xs" style={{ columnGap: 'var(--mantine-spacing-lg)' }}>
        {choices.map((choice, index) => (
          <Checkbox
            key={choice.value}
            value={choice.value}
            label={choice.label}
            data-autofocus={(focused && index === 0) || undefined}
          />
        ))}
      </Group>
    </Checkbox.Group>
  )
}

/** Any words, each taken with Enter or a comma; those that exist are offered, commonest first. */
export function TextsInput({ label, value, choices, focused = false, onChange }: Props) {
  const text = useText()
  const words = listOf(value)
  return (
    <TagsInput
      aria-label={label}
      value={words}
      maxTags={100}
      acceptValueOnBlur
      data={choices.map((choice) => choice.value)}
      placeholder={words.length === 0 ? text('canvas.field.texts') : ''}
      data-autofocus={focused || undefined}
      onChange={(next) => onChange(next.map((word) => word.slice(0, 100)))}
    />
  )
}
