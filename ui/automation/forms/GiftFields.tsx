import { NativeSelect, NumberInput, Stack } from '@mantine/core'
import type { Gift } from '../../../rules/automations/automation.ts'
import type { Scope } from '../../../rules/rule.ts'
import { useMoney } from '../../shared/useMoney.ts'
import { useText } from '../../shared/useText.tsx'
import { PickField } from './PickField.tsx'
import { useProviderChoices } from './useChoices.ts'

type Kind = 'minutes' | 'amount' | 'percent'

const kindOf = (gift: Gift): Kind =>
  gift.kind === 'free_minutes' ? 'minutes' : 'amount' in gift ? 'amount' : 'percent'

type Props = { value: Gift; scope: Scope; autoFocus?: boolean; onChange: (gift: Gift) => void }

/** What is given: free minutes or a voucher, whose it is, and for how many days it can be used. */
export function GiftFields({ value, scope, autoFocus = false, onChange }: Props) {
  const text = useText()
  const { digits, currency } = useMoney()
  const providers = useProviderChoices()
  const common = { days: value.days, ...(value.provider === undefined ? {} : { provider: value.provider }) }
  const kind = kindOf(value)
  const begin: Readonly<Record<Kind, Gift>> = {
    minutes: { kind: 'free_minutes', minutes: 15, ...common },
    amount: { kind: 'voucher', amount: 10 * 10 ** digits, ...common },
    percent: { kind: 'voucher', percent: 10, ...common },
  }
  const money = { decimalScale: digits, min: 0.01, max: 1_000_000, suffix: ` ${currency}`, hideControls: true }
  const minor = (amount: number): number => Math.round(amount * 10 ** digits)
  return (
    <Stack gap="xs">
      <NativeSelect
        label={text('automation.gift')}
        value={kind}
        data={(['minutes', 'amount', 'percent'] as const).map((one) => ({
          value: one,
          label: text(`reward.kind.${one}`),
        }))}
        onChange={(event) => onChange(begin[event.currentTarget.value as Kind])}
      />
      {value.kind === 'free_minutes' && (
        <NumberInput
          label={text('reward.field.minutes')}
          min={1}
          max={10_000}
          allowDecimal={false}
          value={value.minutes}
          data-autofocus={autoFocus || undefined}
          onChange={(minutes) => typeof minutes === 'number' && onChange({ ...value, minutes })}
        />
      )}
      {'amount' in value && (
        <NumberInput
          label={text('reward.field.amount')}
          {...money}
          value={value.amount / 10 ** digits}
          data-autofocus={autoFocus || undefined}
          onChange={(amount) => typeof amount === 'number' && onChange({ ...value, amount: minor(amount) })}
        />
      )}
      {'percent' in value && (
        <>
          <NumberInput
            label={text('reward.field.percent')}
            min={1}
            max={100}
            allowDecimal={false}
            suffix=" %"
            value={value.percent}
            data-autofocus={autoFocus || undefined}
            onChange={(percent) => typeof percent === 'number' && onChange({ ...value, percent })}
          />
          <NumberInput
            label={text('reward.field.ceiling')}
            {...money}
            value={value.ceiling === undefined ? '' : value.ceiling / 10 ** digits}
            onChange={(ceiling) => {
              const { ceiling: _, ...rest } = value
              onChange(typeof ceiling === 'number' ? { ...rest, ceiling: minor(ceiling) } : rest)
            }}
          />
        </>
      )}
      <NumberInput
        label={text('automation.gift.days')}
        min={1}
        max={730}
        allowDecimal={false}
        value={value.days}
        onChange={(days) => typeof days === 'number' && onChange({ ...value, days })}
      />
      {scope === 'business' && (
        <PickField
          label={text('automation.gift.provider')}
          hint={text('automation.gift.provider.hint')}
          value={value.provider ?? ''}
          choices={providers}
          onChange={(provider) => onChange({ ...value, provider })}
        />
      )}
    </Stack>
  )
}
