import { Group, NumberInput, Text, Textarea, TextInput } from '@mantine/core'
import { useText } from '../shared/useText.tsx'
import { fieldProps, type SettingsFields } from './useSettingsForm.ts'

const WHOLE = { min: 1, allowDecimal: false, allowNegative: false, thousandSeparator: ' ' }
const A_MINUTE = { ...WHOLE, max: 1_000_000, flex: '1 1 110px' }

/** How many messages one customer gets at most. */
export function FrequencyFields({ form }: { form: SettingsFields }) {
  const text = useText()
  return (
    <>
      <Group align="flex-start">
        <NumberInput
          {...WHOLE}
          max={1_000}
          flex="1 1 200px"
          label={text('settings.capMails')}
          {...fieldProps(form, 'cap_mails')}
        />
        <NumberInput
          {...WHOLE}
          max={366}
          flex="1 1 200px"
          label={text('settings.capDays')}
          {...fieldProps(form, 'cap_days')}
        />
      </Group>
      <Hint>{text('settings.capHint')}</Hint>
    </>
  )
}

/** When nothing goes out. */
export function QuietFields({ form, timeZone }: { form: SettingsFields; timeZone: string }) {
  const text = useText()
  return (
    <>
      <Group align="flex-start">
        <TextInput
          type="time"
          flex="1 1 140px"
          label={text('settings.quietFrom')}
          {...fieldProps(form, 'quiet_from')}
        />
        <TextInput type="time" flex="1 1 140px" label={text('settings.quietTo')} {...fieldProps(form, 'quiet_to')} />
      </Group>
      <Hint>{text('settings.quietHint', { zone: timeZone })}</Hint>
    </>
  )
}

/** How fast messages go out. */
export function SpeedFields({ form }: { form: SettingsFields }) {
  const text = useText()
  return (
    <>
      <Hint>{text('settings.speedHint')}</Hint>
      <Group align="flex-start">
        <NumberInput {...A_MINUTE} label={text('settings.speedCampaign')} {...fieldProps(form, 'per_campaign')} />
        <NumberInput {...A_MINUTE} label={text('settings.speedEmail')} {...fieldProps(form, 'rate_email')} />
        <NumberInput {...A_MINUTE} label={text('settings.speedSms')} {...fieldProps(form, 'rate_sms')} />
        <NumberInput {...A_MINUTE} label={text('settings.speedPush')} {...fieldProps(form, 'rate_push')} />
      </Group>
      <Textarea
        label={text('settings.speedDomains')}
        description={text('settings.speedDomainsHint')}
        placeholder="example.com 600"
        autosize
        minRows={2}
        maxRows={8}
        spellCheck={false}
        {...fieldProps(form, 'rate_domains')}
      />
    </>
  )
}

const Hint = ({ children }: { children: string }) => (
  <Text fz="xs" c="dimmed">
    {children}
  </Text>
)
