import { Loader, Stack, Switch } from '@mantine/core'
import { lazy, Suspense } from 'react'
import type { Automation, Sending, Step } from '../../../rules/automations/automation.ts'
import { useText } from '../../shared/useText.tsx'
import { GiftFields } from './GiftFields.tsx'
import { PickField } from './PickField.tsx'
import { useTemplateChoices } from './useChoices.ts'

/** The editor of texts with merge tags is not small, and most automations write mails only. */
const ShortFields = lazy(() => import('./ShortFields.tsx'))

type SendStep = Extract<Step, { send: unknown }>
type Props = { step: SendStep; automation: Automation; onChange: (step: Step) => void }

/** What is sent at a step, and the reward that comes with it: a mail is a template, all else is written here. */
export function SendForm({ step, automation, onChange }: Props) {
  const text = useText()
  const { send } = step
  const { reward } = send
  const begin = {
    kind: 'free_minutes',
    minutes: 15,
    days: 30,
    ...(automation.scope === 'business' ? { provider: '' } : {}),
  } as const
  const change = (next: Sending): void => onChange({ ...step, send: next })
  return (
    <Stack gap="xs">
      {send.channel === 'email' ? (
        <TemplateField value={send.template} onChange={(template) => change({ ...send, template })} />
      ) : (
        <Suspense fallback={<Loader size="sm" aria-label={text('state.loading')} />}>
          <ShortFields send={send} onChange={change} />
        </Suspense>
      )}
      <Switch
        label={text('automation.send.reward')}
        checked={reward !== undefined}
        onChange={(event) => {
          const { reward: _, ...rest } = send
          change(event.currentTarget.checked ? { ...rest, reward: begin } : rest)
        }}
      />
      {reward !== undefined && (
        <GiftFields value={reward} scope={automation.scope} onChange={(next) => change({ ...send, reward: next })} />
      )}
    </Stack>
  )
}

function TemplateField({ value, onChange }: { value: string; onChange: (template: string) => void }) {
  const text = useText()
  const templates = useTemplateChoices('email')
  return (
    <PickField
      label={text('automation.field.template')}
      value={value}
      choices={templates}
      autoFocus
      onChange={onChange}
    />
  )
}
