import { NativeSelect, Stack, TagsInput, TextInput } from '@mantine/core'
import type { Automation, Happening, Status } from '../../../rules/automations/automation.ts'
import { STATUSES } from '../../../rules/automations/automation.ts'
import { useText } from '../../shared/useText.tsx'
import { PickField } from './PickField.tsx'
import { useSegmentChoices, useStepChoices } from './useChoices.ts'

const HAPPENINGS = [
  'enters_segment',
  'leaves_segment',
  'status_changes',
  'tag_added',
  'booking_made',
  'booking_attended',
  'booking_missed',
  'booking_cancelled',
  'membership_cancelled',
  'survey_answered',
  'opened',
  'clicked',
  'event',
  'reward_used',
] as const

export type HappeningName = (typeof HAPPENINGS)[number]

/** A happening as it begins; what only the reader can know is empty. */
export function newHappening(on: HappeningName): Happening {
  switch (on) {
    case 'enters_segment':
    case 'leaves_segment':
      return { on, segment: '' }
    case 'tag_added':
      return { on, tag: '' }
    case 'survey_answered':
      return { on, survey: '' }
    case 'opened':
    case 'clicked':
      return { on, step: '' }
    case 'event':
      return { on, name: '' }
    default:
      return { on }
  }
}

type Props = {
  value: Happening
  automation: Automation
  /** Whether it can be that a message of the automation is opened or clicked in. */
  isInside: boolean
  /** More choices before these: what only begins an automation. */
  others?: readonly { readonly value: string; readonly label: string }[]
  autoFocus?: boolean
  onChange: (value: Happening) => void
  onOther?: (value: string) => void
}

/** What happens to a customer. */
export function HappeningFields(props: Props) {
  const { value, isInside, others = [], autoFocus = false, onChange, onOther } = props
  const text = useText()
  const offered = HAPPENINGS.filter((on) => isInside || (on !== 'opened' && on !== 'clicked'))
  return (
    <Stack gap="xs">
      <NativeSelect
        label={text('automation.happening')}
        value={value.on}
        data={[...offered.map((on) => ({ value: on, label: text(`automation.on.${on}`) })), ...others]}
        data-autofocus={autoFocus || undefined}
        onChange={(event) => {
          const next = event.currentTarget.value
          if (others.some((other) => other.value === next)) onOther?.(next)
          else onChange(newHappening(next as HappeningName))
        }}
      />
      <Details {...props} />
    </Stack>
  )
}

function Details({ value, automation, onChange }: Props) {
  const text = useText()
  const segments = useSegmentChoices()
  const { sends } = useStepChoices(automation)
  switch (value.on) {
    case 'enters_segment':
    case 'leaves_segment':
      return (
        <PickField
          label={text('automation.field.segment')}
          value={value.segment}
          choices={segments}
          onChange={(segment) => onChange({ ...value, segment })}
        />
      )
    case 'status_changes': {
      const statuses = STATUSES.map((status) => ({ value: status, label: text(`status.${status}`) }))
      const set = (name: 'from' | 'to', status: string): void => {
        const { [name]: _, ...rest } = value
        onChange(status === '' ? rest : { ...rest, [name]: status as Status })
      }
      return (
        <>
          {(['from', 'to'] as const).map((name) => (
            <PickField
              key={name}
              label={text(`automation.field.${name}`)}
              value={value[name] ?? ''}
              choices={statuses}
              none={text('condition.any')}
              onChange={(status) => set(name, status)}
            />
          ))}
        </>
      )
    }
    case 'tag_added':
      return (
        <WordField
          label={text('automation.field.tag')}
          value={value.tag}
          onChange={(tag) => onChange({ ...value, tag })}
        />
      )
    case 'booking_made':
    case 'booking_attended':
    case 'booking_missed':
    case 'booking_cancelled':
      return (
        <WordsField
          label={text('automation.field.services')}
          value={value.services}
          onChange={(services) => onChange(services === undefined ? { on: value.on } : { on: value.on, services })}
        />
      )
    case 'membership_cancelled':
      return (
        <WordsField
          label={text('automation.field.types')}
          value={value.types}
          onChange={(types) => onChange(types === undefined ? { on: value.on } : { on: value.on, types })}
        />
      )
    case 'survey_answered':
      return (
        <>
          <WordField
            label={text('automation.field.survey')}
            value={value.survey}
            onChange={(survey) => onChange({ ...value, survey })}
          />
          <WordsField
            label={text('automation.field.answers')}
            value={value.answers}
            onChange={(answers) => {
              const { answers: _, ...rest } = value
              onChange(answers === undefined ? rest : { ...rest, answers })
            }}
          />
        </>
      )
    case 'opened':
    case 'clicked':
      return (
        <PickField
          label={text('automation.field.message')}
          value={value.step}
          choices={sends}
          onChange={(step) => onChange({ ...value, step })}
        />
      )
    case 'event':
      return (
        <WordField
          label={text('automation.field.event')}
          value={value.name}
          onChange={(name) => onChange({ ...value, name })}
        />
      )
    default:
      return null
  }
}

type WordProps = { label: string; value: string; onChange: (value: string) => void }

/** A word that has to be there. */
export function WordField({ label, value, onChange }: WordProps) {
  const text = useText()
  return (
    <TextInput
      label={label}
      value={value}
      maxLength={100}
      error={value.trim() === '' ? text('condition.allowed.one') : undefined}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

type WordsProps = {
  label: string
  value: readonly string[] | undefined
  onChange: (value: readonly string[] | undefined) => void
}

/** Some words; none means any. */
function WordsField({ label, value, onChange }: WordsProps) {
  const text = useText()
  return (
    <TagsInput
      label={label}
      placeholder={value === undefined ? text('condition.any') : ''}
      value={[...(value ?? [])]}
      maxTags={100}
      maxLength={100}
      acceptValueOnBlur
      onChange={(next) => onChange(next.length === 0 ? undefined : next)}
    />
  )
}
