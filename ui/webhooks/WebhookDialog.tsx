import { Button, Checkbox, Code, Group, Modal, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { changeWebhook, createWebhook, type Webhook } from '../../api/contract/webhooks.ts'
import { WEBHOOK_EVENTS, type WebhookEvent } from '../../rules/webhooks/events.ts'
import { call } from '../client/call.ts'
import { ProblemError } from '../client/problem.ts'
import { useProblemText } from '../shared/useProblemText.ts'
import { useText } from '../shared/useText.tsx'
import { webhooksQuery } from './queries.ts'

const GROUPS = ['segment', 'status', 'delivery', 'suppression', 'reward', 'enrolment', 'survey', 'customer'] as const

type Props = { webhook?: Webhook; onClose: () => void; onDone?: (webhook: Webhook) => void }

/** Makes a webhook, or changes one: what it is called, where it leads, and what it is told of. */
export function WebhookDialog({ webhook, onClose, onDone }: Props) {
  const text = useText()
  const problemText = useProblemText()
  const queries = useQueryClient()
  const [name, setName] = useState(webhook?.name ?? '')
  const [url, setUrl] = useState(webhook?.url ?? '')
  const [events, setEvents] = useState<readonly WebhookEvent[]>(webhook?.events ?? [])
  const save = useMutation({
    mutationFn: () => {
      const body = { name, url, events: [...events] }
      return webhook === undefined
        ? call(createWebhook, { body })
        : call(changeWebhook, { params: { id: webhook.id }, body })
    },
    onSuccess: async (saved) => {
      await queries.invalidateQueries({ queryKey: webhooksQuery.queryKey })
      onClose()
      onDone?.(saved)
    },
  })
  const wrongUrl =
    save.error instanceof ProblemError ? save.error.mistakes.find(({ path }) => path === '/url') : undefined
  const title = text(webhook === undefined ? 'webhooks.add' : 'webhooks.edit')
  return (
    <Modal opened onClose={onClose} title={title} size="lg" closeButtonProps={{ 'aria-label': text('action.cancel') }}>
      <form
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          save.mutate()
        }}
      >
        <Stack>
          <TextInput
            label={text('webhooks.name')}
            required
            withAsterisk={false}
            maxLength={200}
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={text('webhooks.url')}
            description={text('webhooks.urlHint')}
            placeholder="https://"
            required
            withAsterisk={false}
            inputMode="url"
            maxLength={2_000}
            value={url}
            onChange={(event) => setUrl(event.currentTarget.value)}
            error={wrongUrl?.message}
          />
          <Events chosen={events} onChange={setEvents} />
          {save.isError && wrongUrl === undefined && (
            <Text c="red" fz="sm" role="alert">
              {problemText(save.error)}
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {text('action.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={events.length === 0}>
              {title}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

type EventsProps = { chosen: readonly WebhookEvent[]; onChange: (events: readonly WebhookEvent[]) => void }

/** What it is told of, by what it is about; a whole group with one click. */
function Events({ chosen, onChange }: EventsProps) {
  const text = useText()
  const set = (events: readonly WebhookEvent[], on: boolean) =>
    onChange(WEBHOOK_EVENTS.filter((one) => (events.includes(one) ? on : chosen.includes(one))))
  return (
    <div>
      <Text fz="sm" fw={500} mb={6}>
        {text('webhooks.toldOf')}
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        {GROUPS.map((group) => {
          const events = WEBHOOK_EVENTS.filter((event) => event.startsWith(`${group}.`))
          const on = events.filter((event) => chosen.includes(event)).length
          return (
            <fieldset key={group} style={{ border: 0, margin: 0, padding: 0 }}>
              <Checkbox
                component="input"
                label={<b>{text(`webhooks.group.${group}`)}</b>}
                checked={on === events.length}
                indeterminate={on > 0 && on < events.length}
                onChange={(event) => set(events, event.currentTarget.checked)}
              />
              <Stack gap={4} mt={4} pl={28}>
                {events.map((event) => (
                  <Checkbox
                    key={event}
                    size="xs"
                    label={<Code>{event}</Code>}
                    checked={chosen.includes(event)}
                    onChange={(change) => set([event], change.currentTarget.checked)}
                  />
                ))}
              </Stack>
            </fieldset>
          )
        })}
      </SimpleGrid>
    </div>
  )
}
