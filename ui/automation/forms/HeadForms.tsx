import { ActionIcon, Button, Group, NativeSelect, NumberInput, Stack, Switch, Text } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import type { Again, Automation, DateTrigger, Happening, Trigger } from '../../../rules/automations/automation.ts'
import type { Head } from '../../../rules/automations/commands.ts'
import type { WordOptions } from '../../../rules/words.ts'
import { useText } from '../../shared/useText.tsx'
import { ConditionFields } from './ConditionFields.tsx'
import { DurationField } from './DurationField.tsx'
import { HappeningFields } from './HappeningFields.tsx'
import { RuleField } from './RuleField.tsx'
import { DateField, TimeField } from './StepForm.tsx'

type Props = {
  automation: Automation
  words: WordOptions
  onChange: (head: Head) => void
}

const headOf = ({ then: _, ...head }: Automation): Head => head

/** What is said of the whole, without what is undefined, always in the same order. */
function withHead(automation: Automation, change: { readonly [Name in keyof Head]?: Head[Name] | undefined }): Head {
  const { scope, when, only, again, at_once, unless, goal, holdout } = { ...headOf(automation), ...change }
  return {
    scope: scope ?? 'business',
    when: when ?? { on: 'by_hand' },
    ...(only === undefined ? {} : { only }),
    again: again ?? 'never',
    ...(at_once === undefined ? {} : { at_once }),
    ...(unless === undefined || unless.length === 0 ? {} : { unless }),
    ...(goal === undefined ? {} : { goal }),
    ...(holdout === undefined ? {} : { holdout }),
  }
}

const BIRTHDAY: DateTrigger = { on: 'date', of: 'birthday', days: 0, at: '09:00' }

/** Who enters: what happens to them, of whom, how often, and how many are only compared with. */
export function WhenForm({ automation, words, onChange }: Props) {
  const text = useText()
  const { when, only, again, at_once, holdout, scope } = automation
  const change = (part: Parameters<typeof withHead>[1]): void => onChange(withHead(automation, part))
  const others = [
    { value: 'date', label: text('automation.on.date') },
    { value: 'by_hand', label: text('automation.on.by_hand') },
  ]
  const begin = (next: string): void => change({ when: next === 'date' ? BIRTHDAY : { on: 'by_hand' } })
  return (
    <Stack gap="sm">
      <NativeSelect
        label={text('canvas.new.scope')}
        value={scope}
        data={[
          { value: 'business', label: text('canvas.new.business') },
          { value: 'provider', label: text('canvas.new.provider') },
        ]}
        onChange={(event) => change({ scope: event.currentTarget.value as Automation['scope'] })}
      />
      <HappeningFields
        // what only begins an automation is chosen among the others
        value={when as Happening}
        automation={automation}
        isInside={false}
        others={others}
        onChange={(next) => change({ when: next as Trigger })}
        onOther={begin}
      />
      {when.on === 'date' && <DateTriggerFields when={when} change={change} />}
      {only === undefined ? (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={15} />}
          style={{ alignSelf: 'flex-start' }}
          onClick={() => change({ only: { all: [] } })}
        >
          {text('automation.only.add')}
        </Button>
      ) : (
        <Stack gap={4}>
          <RuleField
            label={text('automation.only')}
            value={only}
            scope={scope}
            words={words}
            onChange={(next) => change({ only: next })}
          />
          <Button
            variant="subtle"
            size="compact-xs"
            color="gray"
            style={{ alignSelf: 'flex-end' }}
            onClick={() => change({ only: undefined })}
          >
            {text('automation.only.remove')}
          </Button>
        </Stack>
      )}
      <AgainFields again={again} onChange={(next) => change({ again: next })} />
      <Switch
        label={text('automation.at_once')}
        checked={at_once === true}
        onChange={(event) => change({ at_once: event.currentTarget.checked ? true : undefined })}
      />
      <NumberInput
        label={text('automation.holdout')}
        description={text('automation.holdout.hint')}
        min={0}
        max={50}
        suffix=" %"
        allowDecimal={false}
        value={holdout ?? 0}
        onChange={(next) => typeof next === 'number' && change({ holdout: next === 0 ? undefined : next })}
      />
    </Stack>
  )
}

type DateProps = { when: DateTrigger; change: (part: { when: Trigger }) => void }

function DateTriggerFields({ when, change }: DateProps) {
  const text = useText()
  return (
    <Stack gap="xs">
      <DateField value={when.of} onChange={(of) => change({ when: { ...when, of } })} />
      <Group gap={6} wrap="nowrap" align="flex-end">
        <NumberInput
          label={text('automation.field.days')}
          w={84}
          min={0}
          max={366}
          allowDecimal={false}
          value={Math.abs(when.days)}
          onChange={(days) =>
            typeof days === 'number' && change({ when: { ...when, days: when.days < 0 ? -days : days } })
          }
        />
        <NativeSelect
          aria-label={text('automation.field.side')}
          value={when.days < 0 ? 'before' : 'after'}
          data={(['before', 'after'] as const).map((one) => ({
            value: one,
            label: text(`automation.side.${one}`),
          }))}
          onChange={(event) => {
            const days = Math.abs(when.days)
            change({ when: { ...when, days: event.currentTarget.value === 'before' ? -days : days } })
          }}
        />
      </Group>
      <TimeField value={when.at} onChange={(at) => change({ when: { ...when, at } })} />
    </Stack>
  )
}

function AgainFields({ again, onChange }: { again: Again; onChange: (again: Again) => void }) {
  const text = useText()
  const kind = typeof again === 'string' ? again : 'after'
  return (
    <Stack gap="xs">
      <NativeSelect
        label={text('automation.again')}
        value={kind}
        data={(['never', 'each', 'after'] as const).map((one) => ({
          value: one,
          label: text(`automation.again.${one}`),
        }))}
        onChange={(event) => {
          const next = event.currentTarget.value
          onChange(next === 'after' ? { after: { days: 90 } } : (next as 'never' | 'each'))
        }}
      />
      {typeof again !== 'string' && (
        <DurationField
          label={text('automation.again.after.field')}
          value={again.after}
          onChange={(after) => onChange({ after })}
        />
      )}
    </Stack>
  )
}

/** Who leaves at once, wherever they are. */
export function UnlessForm({ automation, words, onChange }: Props) {
  const text = useText()
  const unless = automation.unless ?? []
  const change = (next: Automation['unless']): void => onChange(withHead(automation, { unless: next }))
  const freshId = (): string => {
    const taken = new Set(unless.map(({ id }) => id))
    for (let count = unless.length + 1; ; count++) if (!taken.has(`exit-${count}`)) return `exit-${count}`
  }
  return (
    <Stack gap="md">
      {unless.map((exit, index) => (
        <Stack key={exit.id} gap={4}>
          <ConditionFields
            value={exit}
            automation={automation}
            words={words}
            onChange={(next) => change(unless.with(index, { id: exit.id, ...next }))}
          />
          <ActionIcon
            aria-label={text('automation.unless.remove', { number: index + 1 })}
            style={{ alignSelf: 'flex-end' }}
            onClick={() => change(unless.toSpliced(index, 1))}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Stack>
      ))}
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPlus size={15} />}
        style={{ alignSelf: 'flex-start' }}
        onClick={() => change([...unless, { id: freshId(), on: { on: 'booking_made' } }])}
      >
        {text('automation.unless.add')}
      </Button>
      <Text fz="xs" c="dimmed">
        {text('automation.unless.hint')}
      </Text>
    </Stack>
  )
}

/** What the automation is for: whoever reaches it leaves as one who did. */
export function GoalForm({ automation, words, onChange }: Props) {
  const text = useText()
  const { goal } = automation
  const change = (next: Automation['goal']): void => onChange(withHead(automation, { goal: next }))
  if (goal === undefined) {
    return (
      <Stack gap="xs">
        <Text fz="sm">{text('automation.goal.hint')}</Text>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={15} />}
          style={{ alignSelf: 'flex-start' }}
          onClick={() => change({ on: { on: 'booking_made' } })}
        >
          {text('automation.goal.add')}
        </Button>
      </Stack>
    )
  }
  return (
    <Stack gap="xs">
      <ConditionFields value={goal} automation={automation} words={words} onChange={change} />
      <Button
        variant="subtle"
        size="compact-xs"
        color="gray"
        style={{ alignSelf: 'flex-end' }}
        onClick={() => change(undefined)}
      >
        {text('automation.goal.remove')}
      </Button>
    </Stack>
  )
}
