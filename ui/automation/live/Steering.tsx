import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { FormattedMessage } from 'react-intl'
import {
  type Automation,
  pauseAutomation,
  resumeAutomation,
  stopAutomation,
} from '../../../api/contract/automations.ts'
import { automationQuery, automationsQuery } from '../../client/automations.ts'
import { call } from '../../client/call.ts'
import { useMay } from '../../client/useMay.ts'
import { notifyDone, useNotifyProblem } from '../../shared/notify.ts'
import { richTags, useText } from '../../shared/useText.tsx'

const ACTS = { pause: pauseAutomation, resume: resumeAutomation, stop: stopAutomation } as const
type Act = keyof typeof ACTS

/** Pauses, goes on, stops; each says what it does before it does it. */
export function Steering({ automation }: { automation: Automation }) {
  const text = useText()
  const client = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const [asked, ask] = useState<Act | null>(null)
  const { mutate, isPending } = useMutation({
    mutationFn: (act: Act) => call(ACTS[act], { params: { id: automation.id } }),
    onSuccess: (next, act) => {
      client.setQueryData(automationQuery(automation.id).queryKey, next)
      void client.invalidateQueries({ queryKey: automationsQuery.queryKey })
      void client.invalidateQueries({ queryKey: ['automation', automation.id] })
      notifyDone(text(`automation.${act}.done`))
      ask(null)
    },
    onError: notifyProblem,
  })
  const mayChange = useMay('automations.write')
  const { state, numbers } = automation
  if (!mayChange) return null
  return (
    <>
      {state === 'live' && (
        <Button variant="default" leftSection={<IconPlayerPause size={16} />} onClick={() => ask('pause')}>
          {text('automation.pause')}
        </Button>
      )}
      {state === 'paused' && (
        <Button leftSection={<IconPlayerPlay size={16} />} onClick={() => ask('resume')}>
          {text('automation.resume')}
        </Button>
      )}
      {(state === 'live' || state === 'paused') && (
        <Button variant="default" color="red" leftSection={<IconPlayerStop size={16} />} onClick={() => ask('stop')}>
          {text('automation.stop')}
        </Button>
      )}
      <Modal
        opened={asked !== null}
        onClose={() => ask(null)}
        title={asked === null ? '' : text(`automation.${asked}.title`, { name: automation.name })}
      >
        {asked !== null && (
          <Stack>
            <Text>
              <FormattedMessage
                id={`automation.${asked}.text`}
                values={{ ...richTags, inside: numbers.inside, failed: numbers.failed }}
              />
            </Text>
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={() => ask(null)} data-autofocus={asked === 'stop' || undefined}>
                {text('action.cancel')}
              </Button>
              <Button
                {...(asked === 'stop' ? { color: 'red' } : {})}
                loading={isPending}
                data-autofocus={asked !== 'stop' || undefined}
                onClick={() => mutate(asked)}
              >
                {text(`automation.${asked}`)}
              </Button>
            </Group>
          </Stack>
        )}
      </Modal>
    </>
  )
}
