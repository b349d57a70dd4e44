import { NativeSelect, Stack } from '@mantine/core'
import { useText } from '../../shared/useText.tsx'
import type { Limits } from './catalogueTypes.ts'
import type { ControlProps } from './control.ts'
import { DurationInput } from './DurationInput.tsx'

type Props = ControlProps & { limits: Limits }

/** The part of time in which something counts: ever, the last days, or the next ones. */
export function WindowInput({ label, value, error, focused, limits, onChange }: Props) {
  const text = useText()
  const given = (typeof value === 'object' && value !== null ? value : {}) as Readonly<Record<string, unknown>>
  const direction = 'last' in given ? 'last' : 'next' in given ? 'next' : 'ever'
  return (
    <Stack gap={6}>
      <NativeSelect
        aria-label={label}
        value={direction}
        data-autofocus={focused || undefined}
        data={(['ever', 'last', 'next'] as const).map((one) => ({ value: one, label: text(`canvas.window.${one}`) }))}
        onChange={(event) => {
          const next = event.currentTarget.value
          onChange(next === 'ever' ? undefined : { [next]: given[direction] ?? { days: 30 } }, true)
        }}
      />
      {direction !== 'ever' && (
        <DurationInput
          label={text('condition.length')}
          value={given[direction]}
          error={error}
          focused={false}
          limits={limits}
          onChange={(next, settled) => onChange({ [direction]: next }, settled)}
        />
      )}
    </Stack>
  )
}
