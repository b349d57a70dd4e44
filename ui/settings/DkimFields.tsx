import { Group, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useText } from '../shared/useText.tsx'
import { DkimRecord } from './DkimRecord.tsx'
import { wrongFields } from './entered.ts'
import classes from './Settings.module.css'
import { fieldProps, type SettingsFields } from './useSettingsForm.ts'

/** With which name mail is signed, and what DNS has to say for it: shown before it is saved, as DNS has to be first. */
export function DkimFields({ form }: { form: SettingsFields }) {
  const text = useText()
  const [name, setName] = useState(() => recordName(form))
  const look = () => setName(recordName(form))
  form.watch('dkim_domain', look)
  form.watch('dkim_selector', look)
  return (
    <>
      <h3 className={classes.small}>{text('settings.dkim')}</h3>
      <Group align="flex-start">
        <TextInput
          flex="2 1 220px"
          label={text('settings.dkimDomain')}
          placeholder="example.com"
          maxLength={253}
          {...fieldProps(form, 'dkim_domain')}
        />
        <TextInput
          flex="1 1 140px"
          label={text('settings.dkimSelector')}
          placeholder="mail"
          maxLength={253}
          {...fieldProps(form, 'dkim_selector')}
        />
      </Group>
      {name === null ? (
        <Text fz="xs" c="dimmed">
          {text('settings.dkimHint')}
        </Text>
      ) : (
        <Stack gap="xs">
          <Text fz="sm">{text('settings.dkimRecord')}</Text>
          <DkimRecord name={name} />
        </Stack>
      )}
    </>
  )
}

/** Where DNS has the record, of what is entered; null while that is no name. */
function recordName(form: SettingsFields): string | null {
  const values = form.getValues()
  const [domain, selector] = [values.dkim_domain, values.dkim_selector].map((part) => part.trim().toLowerCase())
  if (!domain || !selector || wrongFields(values, 'sender').some((field) => field.startsWith('dkim'))) return null
  return `${selector}._domainkey.${domain}`
}
