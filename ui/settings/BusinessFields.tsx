import { Select, TextInput } from '@mantine/core'
import { useText } from '../shared/useText.tsx'
import { fieldProps, type SettingsFields } from './useSettingsForm.ts'

const LANGUAGES = ['en', 'fr', 'it', 'de'] as const
const timeZones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]

/** What the business is called, where its days begin, what it reckons in and which language it speaks. */
export function BusinessFields({ form, timeZone }: { form: SettingsFields; timeZone: string }) {
  const text = useText()
  return (
    <>
      <TextInput label={text('settings.name')} maxLength={200} {...fieldProps(form, 'name')} />
      <Select
        label={text('settings.timeZone')}
        description={text('settings.timeZoneHint')}
        data={timeZones.includes(timeZone) ? timeZones : [timeZone, ...timeZones]}
        searchable
        allowDeselect={false}
        limit={100}
        {...fieldProps(form, 'time_zone')}
      />
      <TextInput
        label={text('settings.currency')}
        description={text('settings.currencyHint')}
        maxLength={3}
        maw={320}
        {...fieldProps(form, 'currency')}
      />
      <Select
        label={text('settings.language')}
        description={text('settings.languageHint')}
        data={LANGUAGES.map((value) => ({ value, label: text(`language.${value}`) }))}
        allowDeselect={false}
        {...fieldProps(form, 'language')}
      />
    </>
  )
}
