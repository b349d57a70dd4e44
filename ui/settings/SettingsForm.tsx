import { Anchor, Button, Checkbox, NumberInput, Paper, Select, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { putSettings, type Settings } from '../../api/contract/settings.ts'
import { call } from '../client/call.ts'
import { sessionQuery } from '../client/session.ts'
import { notifyDone, useNotifyProblem } from '../shared/notify.ts'
import { useText } from '../shared/useText.tsx'
import classes from './SettingsForm.module.css'

const LANGUAGES = ['en', 'fr', 'it', 'de'] as const
const timeZones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]

/** The settings that can be changed here; the others stay as they are. */
export function SettingsForm({ settings }: { settings: Settings }) {
  const text = useText()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const { name, time_zone, currency, language, sender_name, sender_email, mail_unknown_consent } = settings
  const bounce_domain = settings.bounce_domain ?? ''
  const initialValues = {
    name,
    time_zone,
    currency,
    language,
    sender_name,
    sender_email,
    mail_unknown_consent,
    bounce_domain,
    // an empty field is no number
    approval_above: settings.approval_above ?? ('' as number | ''),
  }
  const form = useForm({
    mode: 'uncontrolled',
    initialValues,
    validate: {
      name: (value) => (value.trim() === '' ? text('settings.needed') : null),
      currency: (value) => (/^[A-Z]{3}$/.test(value) ? null : text('settings.notCurrency')),
      sender_email: (value) => (/^\S+@\S+\.\S+$/.test(value) ? null : text('settings.notAddress')),
    },
  })
  const save = useMutation({
    mutationFn: ({ approval_above: above, bounce_domain: domain, ...body }: typeof initialValues) =>
      call(putSettings, {
        body: {
          ...body,
          bounce_domain: domain.trim().toLowerCase() || null,
          approval_above: above === '' ? null : above,
        },
      }),
    onSuccess: async (saved) => {
      queries.setQueryData(['settings'], saved)
      form.resetDirty()
      notifyDone(text('settings.saved'))
      await queries.invalidateQueries(sessionQuery)
    },
    onError: notifyProblem,
  })
  const field = (path: keyof typeof initialValues) => ({ key: form.key(path), ...form.getInputProps(path) })

  return (
    <form noValidate onSubmit={form.onSubmit((values) => save.mutate(values))} className={classes.form}>
      <Paper component="fieldset" className={classes.sheet}>
        <legend className={classes.legend}>{text('settings.business')}</legend>
        <Stack>
          <TextInput label={text('settings.name')} maxLength={200} {...field('name')} />
          <Select
            label={text('settings.timeZone')}
            description={text('settings.timeZoneHint')}
            data={timeZones.includes(time_zone) ? timeZones : [time_zone, ...timeZones]}
            searchable
            allowDeselect={false}
            limit={100}
            {...field('time_zone')}
          />
          <TextInput
            label={text('settings.currency')}
            description={text('settings.currencyHint')}
            maxLength={3}
            w={220}
            {...field('currency')}
          />
          <Select
            label={text('settings.language')}
            description={text('settings.languageHint')}
            data={LANGUAGES.map((value) => ({ value, label: text(`language.${value}`) }))}
            allowDeselect={false}
            {...field('language')}
          />
        </Stack>
      </Paper>
      <Paper component="fieldset" className={classes.sheet}>
        <legend className={classes.legend}>{text('settings.sender')}</legend>
        <Stack>
          <TextInput label={text('settings.senderName')} maxLength={200} {...field('sender_name')} />
          <TextInput type="email" label={text('settings.senderEmail')} {...field('sender_email')} />
          <TextInput
            label={text('settings.bounceDomain')}
            description={text('settings.bounceDomainHint')}
            placeholder="bounces.example.com"
            maxLength={253}
            {...field('bounce_domain')}
          />
        </Stack>
      </Paper>
      <Paper component="fieldset" className={classes.sheet}>
        <legend className={classes.legend}>{text('settings.consent')}</legend>
        <Checkbox
          label={text('settings.unknownConsent')}
          description={text('settings.unknownConsentHint')}
          key={form.key('mail_unknown_consent')}
          {...form.getInputProps('mail_unknown_consent', { type: 'checkbox' })}
        />
        <Text fz="sm" mt="sm">
          {text('settings.signUp')} <Anchor href="/signup">{`${location.origin}/signup`}</Anchor>
        </Text>
      </Paper>
      <Paper component="fieldset" className={classes.sheet}>
        <legend className={classes.legend}>{text('settings.approval')}</legend>
        <NumberInput
          label={text('settings.approvalAbove')}
          description={text('settings.approvalHint')}
          w={260}
          min={0}
          max={100_000_000}
          allowDecimal={false}
          thousandSeparator=" "
          key={form.key('approval_above')}
          {...form.getInputProps('approval_above')}
        />
      </Paper>
      <Button type="submit" loading={save.isPending}>
        {text('settings.save')}
      </Button>
    </form>
  )
}
