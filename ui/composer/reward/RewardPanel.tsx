import { Group, NumberInput, Paper, SegmentedControl, Select, Stack, Text, TextInput, Title } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { Preflight } from '../../../api/contract/orders.ts'
import { useToday } from '../../history/useToday.ts'
import { useMoney } from '../../shared/useMoney.ts'
import { useText } from '../../shared/useText.tsx'
import { RewardCost } from './RewardCost.tsx'
import type { RewardDraft } from './rewardDraft.ts'
import type { OrderState } from './useOrder.ts'

type Props = {
  provider: string
  state: OrderState
  preflight: UseQueryResult<Preflight>
  /** Whether what is missing is pointed out. */
  tried: boolean
  readOnly: boolean
}

/** What each recipient of a loyalty mailing gets from the provider, for how long, and what that can cost at most. */
export function RewardPanel({ provider, state, preflight, tried, readOnly }: Props) {
  const text = useText()
  const { entered, enter, reward } = state
  return (
    <Paper component="section" aria-labelledby="composer-reward" p={14} mt="md">
      <Title order={2} fz="sm" id="composer-reward">
        {text('reward.title')}
      </Title>
      <Text fz="sm" c="dimmed" mb={10}>
        {text('reward.text', { provider })}
      </Text>
      <Stack gap="sm">
        <Select
          aria-label={text('reward.kind')}
          data={[
            { value: 'none', label: text('reward.kind.none') },
            { value: 'amount', label: text('reward.kind.amount') },
            { value: 'percent', label: text('reward.kind.percent') },
            { value: 'minutes', label: text('reward.kind.minutes') },
          ]}
          value={entered.kind}
          onChange={(kind) => enter({ kind: (kind ?? 'none') as RewardDraft['kind'] })}
          allowDeselect={false}
          disabled={readOnly}
        />
        {entered.kind !== 'none' && (
          <>
            <Size state={state} tried={tried} readOnly={readOnly} />
            <Period state={state} tried={tried} readOnly={readOnly} />
          </>
        )}
        {reward !== null && <RewardCost preflight={preflight} />}
      </Stack>
    </Paper>
  )
}

type FieldProps = Pick<Props, 'tried' | 'readOnly'> & { state: Pick<OrderState, 'entered' | 'enter' | 'mistake'> }

/** How much a reward is worth: the fields of its kind. */
export function Size({ state: { entered, enter, mistake }, tried, readOnly }: FieldProps) {
  const text = useText()
  const { digits, currency } = useMoney()
  const errorOf = (field: string) => (tried && mistake === field ? text('reward.missing') : undefined)
  const value = (next: string | number) => (next === '' ? '' : Number(next))
  const money = { decimalScale: digits, min: 0, max: 1_000_000, hideControls: true, suffix: ` ${currency}` }
  if (entered.kind === 'minutes') {
    return (
      <NumberInput
        label={text('reward.field.minutes')}
        min={1}
        max={10_000}
        allowDecimal={false}
        value={entered.minutes}
        onChange={(next) => enter({ minutes: value(next) })}
        error={errorOf('minutes')}
        disabled={readOnly}
      />
    )
  }
  if (entered.kind === 'amount') {
    return (
      <NumberInput
        label={text('reward.field.amount')}
        {...money}
        value={entered.amount}
        onChange={(next) => enter({ amount: value(next) })}
        error={errorOf('amount')}
        disabled={readOnly}
      />
    )
  }
  return (
    <Group grow align="flex-start">
      <NumberInput
        label={text('reward.field.percent')}
        min={1}
        max={100}
        allowDecimal={false}
        hideControls
        suffix=" %"
        value={entered.percent}
        onChange={(next) => enter({ percent: value(next) })}
        error={errorOf('percent')}
        disabled={readOnly}
      />
      <NumberInput
        label={text('reward.field.ceiling')}
        {...money}
        value={entered.ceiling}
        onChange={(next) => enter({ ceiling: value(next) })}
        disabled={readOnly}
      />
    </Group>
  )
}

function Period({ state: { entered, enter, mistake }, tried, readOnly }: FieldProps) {
  const text = useText()
  const today = useToday()
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={text('reward.period')}
        data={[
          { value: 'days', label: text('reward.period.days') },
          { value: 'dates', label: text('reward.period.dates') },
        ]}
        value={entered.period}
        onChange={(period) => enter({ period: period === 'dates' ? 'dates' : 'days' })}
        disabled={readOnly}
      />
      {entered.period === 'days' ? (
        <NumberInput
          label={text('reward.field.days')}
          min={1}
          max={731}
          allowDecimal={false}
          value={entered.days}
          onChange={(next) => enter({ days: next === '' ? '' : Number(next) })}
          error={tried && mistake === 'days' ? text('reward.missing') : undefined}
          disabled={readOnly}
        />
      ) : (
        <Group grow align="flex-start">
          <TextInput
            type="date"
            label={text('reward.field.from')}
            description={text('reward.field.fromText')}
            value={entered.from}
            onChange={(event) => enter({ from: event.currentTarget.value })}
            disabled={readOnly}
          />
          <TextInput
            type="date"
            label={text('reward.field.to')}
            description={text('reward.field.toText')}
            min={today}
            value={entered.to}
            onChange={(event) => enter({ to: event.currentTarget.value })}
            error={tried && mistake === 'to' ? text('reward.wrongDay') : undefined}
            disabled={readOnly}
          />
        </Group>
      )}
    </>
  )
}
