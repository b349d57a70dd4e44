import {
  Anchor,
  Checkbox,
  Chip,
  Group,
  NativeSelect,
  NumberInput,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useIntl } from 'react-intl'
import {
  type Automation,
  CUSTOMER_DATES,
  type CustomerDate,
  STATUSES,
  type Step,
  WEEKDAYS,
  type Weekday,
} from '../../../rules/automations/automation.ts'
import type { WordOptions } from '../../../rules/words.ts'
import { useMay } from '../../client/useMay.ts'
import { useText } from '../../shared/useText.tsx'
import { TagField } from '../../tags/TagField.tsx'
import { ConditionFields } from './ConditionFields.tsx'
import { DurationField } from './DurationField.tsx'
import { Field } from './Field.tsx'
import { GiftFields } from './GiftFields.tsx'
import { WordField } from './HappeningFields.tsx'
import { PickField } from './PickField.tsx'
import { SendForm } from './SendForm.tsx'
import { useSegmentChoices, useStepChoices } from './useChoices.ts'
import { BranchFields, SplitFields } from './WaysFields.tsx'

type Of<Name extends string> = Extract<Step, Record<Name, unknown>>
type Props<One extends Step = Step> = {
  step: One
  automation: Automation
  words: WordOptions
  onChange: (step: Step) => void
}

/** What a step does, to be changed; each change counts at once. */
export function StepForm(props: Props) {
  const { step } = props
  if ('send' in step) return <SendForm {...props} step={step} />
  if ('wait' in step) return <WaitForm {...props} step={step} />
  if ('wait_until' in step) return <UntilForm {...props} step={step} />
  if ('wait_for' in step) return <WaitForForm {...props} step={step} />
  if ('branch' in step) return <BranchFields {...props} step={step} />
  if ('split' in step) return <SplitFields {...props} step={step} />
  if ('give' in step) {
    return (
      <GiftFields
        value={step.give}
        scope={props.automation.scope}
        autoFocus
        onChange={(give) => props.onChange({ ...step, give })}
      />
    )
  }
  if ('tag' in step) return <TagForm {...props} step={step} />
  if ('status' in step) return <StatusForm {...props} step={step} />
  if ('segment' in step) return <SegmentForm {...props} step={step} />
  if ('tell' in step) return <TellForm {...props} step={step} />
  if ('call' in step) return <CallForm {...props} step={step} />
  if ('go_to' in step) return <GoToForm {...props} step={step} />
  return <EndText />
}

function EndText() {
  const text = useText()
  return <Text fz="sm">{text('automation.end.text')}</Text>
}

function WaitForm({ step, onChange }: Props<Of<'wait'>>) {
  const text = useText()
  return (
    <DurationField
      label={text('automation.field.wait')}
      value={step.wait}
      autoFocus
      onChange={(wait) => onChange({ ...step, wait })}
    />
  )
}

/** The days of the week in the reader's words; 5 January 2026 is a Monday. */
function useWeekdayNames(): (day: Weekday) => string {
  const { formatDate } = useIntl()
  return (day) =>
    formatDate(new Date(Date.UTC(2026, 0, 5 + WEEKDAYS.indexOf(day))), { weekday: 'short', timeZone: 'UTC' })
}

export function TimeField({ value, onChange }: { value: string; onChange: (at: string) => void }) {
  const text = useText()
  return (
    <TextInput
      type="time"
      label={text('automation.field.at')}
      value={value}
      w={130}
      onChange={(event) => event.currentTarget.value !== '' && onChange(event.currentTarget.value.slice(0, 5))}
    />
  )
}

function UntilForm({ step, onChange }: Props<Of<'wait_until'>>) {
  const text = useText()
  const nameOf = useWeekdayNames()
  const until = step.wait_until
  if (!('at_most' in until)) {
    const { weekdays = [], at } = until
    return (
      <Stack gap="xs">
        <Field label={text('automation.field.weekdays')} hint={text('automation.field.weekdays.hint')}>
          <Chip.Group
            multiple
            value={[...weekdays]}
            onChange={(next) => {
              const days = WEEKDAYS.filter((day) => next.includes(day))
              onChange({ ...step, wait_until: days.length === 0 ? { at } : { weekdays: days, at } })
            }}
          >
            <Group gap={5}>
              {WEEKDAYS.map((day) => (
                <Chip key={day} value={day} size="xs">
                  {nameOf(day)}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
        </Field>
        <TimeField value={at} onChange={(next) => onChange({ ...step, wait_until: { ...until, at: next } })} />
      </Stack>
    )
  }
  const side = until.before === undefined ? 'after' : 'before'
  const of = until.before ?? until.after ?? 'birthday'
  const { days, at, at_most } = until
  const change = (next: Partial<{ side: 'before' | 'after'; of: CustomerDate; days: number }>): void => {
    const name = next.side ?? side
    onChange({ ...step, wait_until: { [name]: next.of ?? of, days: next.days ?? days, at, at_most } })
  }
  return (
    <Stack gap="xs">
      <Group gap={6} wrap="nowrap" align="flex-end">
        <NumberInput
          label={text('automation.field.days')}
          w={84}
          min={0}
          max={366}
          allowDecimal={false}
          value={days}
          data-autofocus
          onChange={(next) => typeof next === 'number' && change({ days: next })}
        />
        <NativeSelect
          aria-label={text('automation.field.side')}
          value={side}
          data={(['before', 'after'] as const).map((one) => ({ value: one, label: text(`automation.side.${one}`) }))}
          onChange={(event) => change({ side: event.currentTarget.value as 'before' | 'after' })}
        />
      </Group>
      <DateField value={of} onChange={(next) => change({ of: next })} />
      <TimeField value={at} onChange={(next) => onChange({ ...step, wait_until: { ...until, at: next } })} />
      <DurationField
        label={text('automation.field.at_most')}
        value={at_most}
        onChange={(next) => onChange({ ...step, wait_until: { ...until, at_most: next } })}
      />
    </Stack>
  )
}

export function DateField({ value, onChange }: { value: CustomerDate; onChange: (of: CustomerDate) => void }) {
  const text = useText()
  return (
    <NativeSelect
      label={text('automation.field.date')}
      value={value}
      data={CUSTOMER_DATES.map((one) => ({ value: one, label: text(`automation.date.${one}`) }))}
      onChange={(event) => onChange(event.currentTarget.value as CustomerDate)}
    />
  )
}

function WaitForForm({ step, automation, words, onChange }: Props<Of<'wait_for'>>) {
  const text = useText()
  const value = 'rule' in step.wait_for ? { rule: step.wait_for.rule } : { on: step.wait_for }
  return (
    <Stack gap="xs">
      <ConditionFields
        value={value}
        automation={automation}
        words={words}
        autoFocus
        onChange={({ on, rule }) =>
          onChange({ ...step, wait_for: rule === undefined ? (on ?? { on: 'booking_made' }) : { rule } })
        }
      />
      <DurationField
        label={text('automation.field.at_most')}
        value={step.at_most}
        onChange={(at_most) => onChange({ ...step, at_most })}
      />
    </Stack>
  )
}

function TagForm({ step, onChange }: Props<Of<'tag'>>) {
  const text = useText()
  const set = (name: 'add' | 'remove', tags: string[]): void => {
    const other = name === 'add' ? 'remove' : 'add'
    const rest = step.tag[other] === undefined ? {} : { [other]: step.tag[other] }
    // one of the two has to be there
    const isEmpty = tags.length === 0 && step.tag[other] !== undefined
    onChange({ ...step, tag: isEmpty ? rest : { ...rest, [name]: tags } })
  }
  return (
    <Stack gap="xs">
      <TagField
        label={text('automation.tag.add')}
        tags={[...(step.tag.add ?? [])]}
        onChange={(tags) => set('add', tags)}
      />
      <TagField
        label={text('automation.tag.remove')}
        tags={[...(step.tag.remove ?? [])]}
        onChange={(tags) => set('remove', tags)}
      />
    </Stack>
  )
}

function StatusForm({ step, onChange }: Props<Of<'status'>>) {
  const text = useText()
  return (
    <NativeSelect
      label={text('automation.field.status')}
      value={step.status}
      data={[
        ...STATUSES.map((status) => ({ value: status as string, label: text(`status.${status}`) })),
        { value: 'automatic', label: text('automation.status.automatic') },
      ]}
      data-autofocus
      onChange={(event) => onChange({ ...step, status: event.currentTarget.value as typeof step.status })}
    />
  )
}

function SegmentForm({ step, onChange }: Props<Of<'segment'>>) {
  const text = useText()
  const segments = useSegmentChoices()
  const act = 'put' in step.segment ? 'put' : 'take'
  const id = 'put' in step.segment ? step.segment.put : step.segment.take
  const change = (name: 'put' | 'take', segment: string): void =>
    onChange({ ...step, segment: name === 'put' ? { put: segment } : { take: segment } })
  return (
    <Stack gap="xs">
      <NativeSelect
        label={text('automation.segment.act')}
        value={act}
        data={(['put', 'take'] as const).map((one) => ({ value: one, label: text(`automation.offer.segment_${one}`) }))}
        onChange={(event) => change(event.currentTarget.value as 'put' | 'take', id)}
      />
      <PickField
        label={text('automation.field.segment')}
        value={id}
        choices={segments}
        autoFocus
        onChange={(next) => change(act, next)}
      />
    </Stack>
  )
}

function TellForm({ step, automation, onChange }: Props<Of<'tell'>>) {
  const text = useText()
  const { to, subject } = step.tell
  const isProvider = to === 'provider'
  const change = (tell: Partial<typeof step.tell>): void => onChange({ ...step, tell: { ...step.tell, ...tell } })
  return (
    <Stack gap="xs">
      {automation.scope === 'provider' && (
        <Checkbox
          label={text('automation.tell.provider')}
          checked={isProvider}
          onChange={(event) => change({ to: event.currentTarget.checked ? 'provider' : '' })}
        />
      )}
      {!isProvider && (
        <WordField label={text('automation.tell.to')} value={to} onChange={(next) => change({ to: next })} />
      )}
      <WordField
        label={text('automation.tell.subject')}
        value={subject}
        onChange={(next) => change({ subject: next })}
      />
      <Textarea
        label={text('automation.tell.text')}
        value={step.tell.text}
        autosize
        minRows={3}
        maxRows={8}
        maxLength={5_000}
        error={step.tell.text.trim() === '' ? text('condition.allowed.one') : undefined}
        onChange={(event) => change({ text: event.currentTarget.value })}
      />
    </Stack>
  )
}

function CallForm({ step, onChange }: Props<Of<'call'>>) {
  const text = useText()
  const maySee = useMay('settings.write')
  const isRight = /^https?:\/\/\S+$/.test(step.call.url)
  return (
    <Stack gap="xs">
      <TextInput
        label={text('automation.call.url')}
        description={text('automation.call.hint')}
        value={step.call.url}
        type="url"
        placeholder="https://"
        maxLength={2_000}
        error={isRight ? undefined : text('automation.call.allowed')}
        data-autofocus
        onChange={(event) => onChange({ ...step, call: { url: event.currentTarget.value.trim() } })}
      />
      {maySee && (
        <Anchor fz="sm" renderRoot={(rest: object) => <Link {...rest} to="/settings/automation-webhooks" />}>
          {text('webhookSecret.open')}
        </Anchor>
      )}
    </Stack>
  )
}

function GoToForm({ step, automation, onChange }: Props<Of<'go_to'>>) {
  const text = useText()
  const { targets } = useStepChoices(automation)
  return (
    <PickField
      label={text('automation.go_to')}
      hint={text('automation.go_to.hint')}
      value={step.go_to}
      choices={targets}
      autoFocus
      onChange={(next) => onChange({ ...step, go_to: next })}
    />
  )
}
