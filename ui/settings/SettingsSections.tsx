import { Anchor, Checkbox, NumberInput, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Settings } from '../../api/contract/settings.ts'
import { LeaveDialog } from '../canvas/LeaveDialog.tsx'
import { useMay } from '../client/useMay.ts'
import { useText } from '../shared/useText.tsx'
import { BusinessFields } from './BusinessFields.tsx'
import { DkimFields } from './DkimFields.tsx'
import { DomainChecks } from './DomainChecks.tsx'
import type { SectionName } from './entered.ts'
import { FrequencyFields, QuietFields, SpeedFields } from './LimitFields.tsx'
import { Recomputing } from './Recomputing.tsx'
import { RewardFields } from './RewardFields.tsx'
import { Section } from './Section.tsx'
import { SenderFields } from './SenderFields.tsx'
import classes from './Settings.module.css'
import { TimeZoneDialog } from './TimeZoneDialog.tsx'
import { fieldProps } from './useSettingsForm.ts'

/** All settings on one page, each section saved by itself; leaving with something unsaved asks first. */
export function SettingsSections({ settings }: { settings: Settings }) {
  const text = useText()
  const mayChange = useMay('settings.write')
  const maySeeStatuses = useMay('statuses.read')
  const [changed, setChanged] = useState<readonly SectionName[]>([])
  const note = (name: SectionName, isChanged: boolean) =>
    setChanged((before) => [...before.filter((one) => one !== name), ...(isChanged ? [name] : [])])
  const section = { settings, mayChange, onChanged: note }
  return (
    <div className={classes.sections}>
      <Section
        name="business"
        {...section}
        foot={<Recomputing />}
        ask={(entered, before, answer) =>
          entered.time_zone === before.time_zone ? null : <TimeZoneDialog timeZone={entered.time_zone} {...answer} />
        }
      >
        {(form) => <BusinessFields form={form} timeZone={settings.time_zone} />}
      </Section>
      <Section name="sender" {...section} foot={<DomainChecks />}>
        {(form) => (
          <>
            <SenderFields form={form} />
            <DkimFields form={form} />
          </>
        )}
      </Section>
      <Section name="consent" {...section}>
        {(form) => (
          <>
            <Checkbox
              label={text('settings.unknownConsent')}
              description={text('settings.unknownConsentHint')}
              key={form.key('mail_unknown_consent')}
              {...form.getInputProps('mail_unknown_consent', { type: 'checkbox' })}
            />
            <Text fz="sm">
              {text('settings.signUp')} <Anchor href="/signup">{`${location.origin}/signup`}</Anchor>
            </Text>
          </>
        )}
      </Section>
      <Section name="frequency" {...section}>
        {(form) => <FrequencyFields form={form} />}
      </Section>
      <Section name="quiet" {...section}>
        {(form) => <QuietFields form={form} timeZone={settings.time_zone} />}
      </Section>
      <Section name="speed" {...section}>
        {(form) => <SpeedFields form={form} />}
      </Section>
      <Section name="approval" {...section}>
        {(form) => (
          <NumberInput
            label={text('settings.approvalAbove')}
            description={text('settings.approvalHint')}
            maw={320}
            min={0}
            max={100_000_000}
            allowDecimal={false}
            thousandSeparator=" "
            {...fieldProps(form, 'approval_above')}
          />
        )}
      </Section>
      <Section name="rewards" {...section}>
        {(form) => <RewardFields form={form} />}
      </Section>
      {maySeeStatuses && (
        <section className={classes.sheet} id="events" aria-labelledby="events-title">
          <h2 className={classes.legend} id="events-title">
            {text('settings.events')}
          </h2>
          <Text fz="sm">
            {text('settings.eventsText')}{' '}
            <Anchor
              fz="sm"
              underline="always"
              renderRoot={(rest: object) => <Link {...rest} to="/settings/statuses" />}
            >
              {text('statuses.title')}
            </Anchor>
          </Text>
        </section>
      )}
      <LeaveDialog
        what={text('settings.leave', { count: changed.length })}
        loses={changed.length > 0}
        closingLoses={changed.length > 0}
      />
    </div>
  )
}
