import { TextInput } from '@mantine/core'
import { useText } from '../shared/useText.tsx'
import { fieldProps, type SettingsFields } from './useSettingsForm.ts'

/** In whose name messages go out, and where it comes back to what can't be delivered. */
export function SenderFields({ form }: { form: SettingsFields }) {
  const text = useText()
  return (
    <>
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
    </>
  )
}
