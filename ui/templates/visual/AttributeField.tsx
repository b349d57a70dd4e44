import { ColorInput, NativeSelect, TextInput } from '@mantine/core'
import { useId } from 'react'
import { useText } from '../../shared/useText.tsx'
import { type AttributeSpec, labelOf } from './attributes.ts'

type Props = {
  spec: AttributeSpec
  /** As somebody reads it; null where the element does not have the attribute. */
  value: string | null
  /** Null takes it out, so that the default holds again. */
  onChange: (value: string | null) => void
}

const SWATCHES = [
  '#1f2522',
  '#5a645e',
  '#ffffff',
  '#eef6ef',
  '#237d36',
  '#175a9c',
  '#862e9c',
  '#b3420b',
  '#c92a2a',
  '#fff3cf',
]

/** The control for one attribute: colours are picked, words are chosen, the rest is typed. Empty means the default. */
export function AttributeField({ spec, value, onChange }: Props) {
  const text = useText()
  const id = useId()
  const { name, type, choices } = spec
  const label = labelOf(name)
  const shown = { id, label: label ? text(label) : name, size: 'xs' as const }
  const change = (next: string) => onChange(next === '' ? null : next)
  const standard = spec.default ? text('template.attribute.default', { value: spec.default }) : ''
  // Liquid in a value is shown as it is written, whatever the attribute usually takes.
  const isLiquid = value?.includes('{') ?? false
  const options = choices ?? (type === 'boolean' ? ['true', 'false'] : undefined)
  if (options !== undefined && !isLiquid) {
    const known = value === null || options.includes(value) ? [] : [value]
    return (
      <NativeSelect
        {...shown}
        value={value ?? ''}
        onChange={(event) => change(event.currentTarget.value)}
        data={[
          { value: '', label: standard || text('template.attribute.unset') },
          ...[...options, ...known].filter((one) => one !== '').map((one) => ({ value: one, label: one })),
        ]}
      />
    )
  }
  if (type === 'color' && !isLiquid) {
    return (
      <ColorInput
        {...shown}
        value={value ?? ''}
        onChange={change}
        placeholder={standard}
        format="hex"
        fixOnBlur={false}
        swatches={SWATCHES}
        swatchesPerRow={10}
        withEyeDropper={false}
        popoverProps={{ shadow: 'md' }}
      />
    )
  }
  return (
    <TextInput
      {...shown}
      value={value ?? ''}
      onChange={(event) => change(event.currentTarget.value)}
      placeholder={standard}
      spellCheck={!/unit|integer/.test(type)}
      autoComplete="off"
    />
  )
}
