import { NumberInput } from '@mantine/core'
import { useIntl } from 'react-intl'
import type { OnValue } from './control.ts'

type Props = {
  label: string
  value: number | undefined
  error?: string | undefined
  focused?: boolean
  min?: number | undefined
  max?: number | undefined
  /** Digits after the point. */
  digits?: number
  /** What stands behind the number: a currency. */
  unit?: string
  width?: number
  onChange: OnValue<number>
}

/** A number as it is typed; what is out of bounds stays and is said to be, an empty one is no number. */
export function NumberField({
  label,
  value,
  error,
  focused = false,
  min,
  max,
  digits = 0,
  unit,
  width = 96,
  onChange,
}: Props) {
  const { locale } = useIntl()
  const separator = new Intl.NumberFormat(locale).formatToParts(1.5).find(({ type }) => type === 'decimal')?.value
  return (
    <NumberInput
      w={width}
      aria-label={label}
      value={value ?? ''}
      {...(min === undefined ? {} : { min })}
      {...(max === undefined ? {} : { max })}
      clampBehavior="none"
      allowDecimal={digits > 0}
      decimalScale={digits}
      decimalSeparator={separator ?? '.'}
      allowedDecimalSeparators={['.', ',']}
      error={error !== undefined}
      data-autofocus={focused || undefined}
      {...(unit === undefined ? {} : { leftSection: unit, leftSectionPointerEvents: 'none' as const })}
      onChange={(next) => onChange(typeof next === 'number' ? next : undefined, true)}
    />
  )
}
