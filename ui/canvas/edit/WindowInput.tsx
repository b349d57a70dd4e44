import { Group, NativeSelect } from '@mantine/core'
import { useText } from '../../shared/useText.tsx'
import { DurationInput } from './DurationInput.tsx'

type Props = { label: string; value: unknown; focused?: boolean; onChange: (value: unknown) => void }

/** The part of time in which something counts: ever, the last days, or the next ones. */
export function WindowInput({ label, value, focused = false, onChange }: Props) {
  const text = useText()
  const given = (typeof value === 'object' && value !== null ? value : {}) as Readonly<Record<string, unknown>>
  const direction = 'last' in given ? 'last' : 'next' in given ? 'next' : 'ever'
  return (
    <Group gap={6} wrap="nowrap">
      <NativeSelect
        aria-label={label}
        value={direction}
        data-autofocus={focused || undefined}
        data={(['ever', 'last', 'next'] as const).map((one) => ({ value: one, label: text(`canvas.window.${one}`) }))}
        onChange={(event) => {
          const next = event.currentTarget.value
          onChange(next === 'ever' ? undefined : { [next]: given[direction] ?? { days: 30 } })
        }}
      />
      {direction !== 'ever' && (
        <DurationInput label={label} value={given[direction]} onChange={(next) => onChange({ [direction]: next })} />
      )}
    </Group>
  )
}
