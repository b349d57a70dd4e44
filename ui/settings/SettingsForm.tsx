import { Anchor, Button, Checkbox, NumberInput, Select, Text, TextInput } from '@mantine/core'
import type { Settings } from '../../api/contract/settings.ts'
import { useText } from '../shared/useText.tsx'
import { DkimFields } from './DkimFields.tsx'
import { LimitFields } from './LimitFields.tsx'
import { RewardFields } from './RewardFields.tsx'
import classes from './SettingsForm.module.css'
import { Sheet } from './Sheet.tsx'
import { fieldProps, useSettingsForm } from './useSettingsForm.ts'

const LANGUAGES = ['en', 'fr', 'it', 'de'] as const
const timeZones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]

/** The settings that can be changed here; the others stay as they are. */
export function SettingsForm({ settings }: { settings: Settings }) {
  const text = useText()
  const { form, saving, submit } = useSettingsForm(settings)
  const { time_zone } = settings

  return (
    <form noValidate onSubmit={submit} className={classes.form}>
      <Sheet title={text('settings.business')}>
        <TextInput label={text('settings.name')} maxLength={200} {...fieldProps(form, 'name')} />
        <Select
          label={text('settings.timeZone')}
          description={text('settings.timeZoneHint')}
          data={timeZones.includes(time_zone) ? timeZones : [time_zone, ...timeZones]}
          searchable
          allowDeselect={false}
          limit={100}
          {...fieldProps(form, 'time_zone')}
        />
        <TextInput
          label={text('settings.currency')}
          description={text('settings.currencyHint')}
          maxLength={3}
          w={220}
          {...fieldProps(form, 'currency')}
        />
        <Select
          label={text('settings.language')}
          description={text('settings.languageHint')}
          data={LANGUAGES.map((value) => ({ value, label: text(`language.${value}`) }))}
          allowDeselect={false}
          {...fieldProps(form, 'language')}
        />
      </Sheet>
      <Sheet title={text('settings.sender')}>
        <TextInput label={text('settings.senderName')} maxLength={200} {...fieldProps(form, 'sender_name')} />
        <TextInput type="email" label={text('settings.senderEmail')} {...fieldProps(form, 'sender_email')} />
        <TextInput
          label={text('settings.bounceDomain')}
          description={text('settings.bounceDomainHint')}
          placeholder="bounces.example.com"
          maxLength={253}
          {...fieldProps(form, 'bounce_domain')}
        />
        <TextInput
          type="tel"
          label={text('settings.phonePrefix')}
          description={text('settings.phonePrefixHint')}
          placeholder="+49"
          maxLength={8}
          {...fieldProps(form, 'phone_prefix')}
        />
      </Sheet>
      <DkimFields form={form} />
      <Sheet title={text('settings.consent')}>
        <Checkbox
          label={text('settings.unknownConsent')}
          description={text('settings.unknownConsentHint')}
          key={form.key('mail_unknown_consent')}
          {...form.getInputProps('mail_unknown_consent', { type: 'checkbox' })}
        />
        <Text fz="sm">
          {text('settings.signUp')} <Anchor href="/signup">{`${location.origin}/signup`}</Anchor>
        </Text>
      </Sheet>
      <LimitFields form={form} timeZone={time_zone} />
      <RewardFields form={form} />
      <Sheet title={text('settings.approval')}>
        <NumberInput
          label={text('settings.approvalAbove')}
          description={text('settings.approvalHint')}
          w={260}
          min={0}
          max={100_000_000}
          allowDecimal={false}
          thousandSeparator=" "
          {...fieldProps(form, 'approval_above')}
        />
      </Sheet>
      <Button type="submit" loading={saving}>
        {text('settings.save')}
      </Button>
    </form>
  )
}
