import { Checkbox, Group, NumberInput, Select, Text } from '@mantine/core'
import { useText } from '../shared/useText.tsx'
import { fieldProps, type SettingsFields } from './useSettingsForm.ts'

/** What rewards and readings come to, and which message a booking belongs to. */
export function RewardFields({ form }: { form: SettingsFields }) {
  const text = useText()
  return (
    <>
      <Checkbox
        label={text('settings.carryOn')}
        description={text('settings.carryOnHint')}
        key={form.key('free_minutes_carry_on')}
        {...form.getInputProps('free_minutes_carry_on', { type: 'checkbox' })}
      />
      <Group align="flex-start">
        <NumberInput
          flex="1 1 180px"
          label={text('settings.shareRate')}
          min={0}
          max={100}
          decimalScale={4}
          suffix=" %"
          hideControls
          {...fieldProps(form, 'share_rate')}
        />
        <Select
          flex="1 1 240px"
          label={text('settings.shareTo')}
          data={(['provider', 'business'] as const).map((value) => ({
            value,
            label: text(`settings.shareTo.${value}`),
          }))}
          allowDeselect={false}
          {...fieldProps(form, 'share_to')}
        />
        <NumberInput
          flex="1 1 140px"
          label={text('settings.shareDays')}
          min={1}
          max={731}
          allowDecimal={false}
          {...fieldProps(form, 'share_days')}
        />
      </Group>
      <Text fz="xs" c="dimmed">
        {text('settings.shareHint')}
      </Text>
      <NumberInput
        label={text('settings.attribution')}
        description={text('settings.attributionHint')}
        min={1}
        max={90}
        allowDecimal={false}
        maw={320}
        {...fieldProps(form, 'attribution_days')}
      />
    </>
  )
}
