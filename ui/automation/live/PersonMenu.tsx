import { ActionIcon, Menu } from '@mantine/core'
import { IconDots, IconExternalLink, IconLogout, IconPlayerSkipForward, IconRefresh } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type Enrolment, removeEnrolments, retryEnrolments, skipEnrolments } from '../../../api/contract/enrolments.ts'
import { call } from '../../client/call.ts'
import { useMay } from '../../client/useMay.ts'
import { notifyDone, useNotifyProblem } from '../../shared/notify.ts'
import { useText } from '../../shared/useText.tsx'

type Act = 'retry' | 'skip' | 'exit'

/** What can be done for one customer who is inside: try again or go on without it where they failed, or take them out. */
export function PersonMenu({ person }: { person: Enrolment }) {
  const text = useText()
  const client = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const mayChange = useMay('automations.write')
  const { id, automation, customer, state, run_url } = person
  const act = useMutation({
    mutationFn: async (which: Act): Promise<number> => {
      const params = { id: automation.id }
      const body = { enrolments: [id] }
      if (which === 'retry') return (await call(retryEnrolments, { params, body })).retried
      if (which === 'skip') return (await call(skipEnrolments, { params, body })).skipped
      return (await call(removeEnrolments, { params, body })).exited
    },
    onSuccess: (count, which) => {
      void client.invalidateQueries({ queryKey: ['automation', automation.id] })
      const said = { retry: 'automation.retried', skip: 'automation.skipped', exit: 'automation.takenOut' } as const
      notifyDone(text(said[which], { count }))
    },
    onError: notifyProblem,
  })
  const inside = mayChange && (state === 'active' || state === 'failed')
  if (!inside && run_url === null) return null
  return (
    <Menu position="bottom-end" shadow="md" withinPortal>
      <Menu.Target>
        <ActionIcon loading={act.isPending} aria-label={text('automation.person', { name: customer.name })}>
          <IconDots size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {inside && state === 'failed' && (
          <>
            <Menu.Item leftSection={<IconRefresh size={15} />} onClick={() => act.mutate('retry')}>
              {text('automation.retry', { count: 1 })}
            </Menu.Item>
            <Menu.Item leftSection={<IconPlayerSkipForward size={15} />} onClick={() => act.mutate('skip')}>
              {text('automation.skip')}
            </Menu.Item>
          </>
        )}
        {inside && (
          <Menu.Item leftSection={<IconLogout size={15} />} onClick={() => act.mutate('exit')}>
            {text('automation.takeOut')}
          </Menu.Item>
        )}
        {run_url !== null && (
          <Menu.Item
            component="a"
            href={run_url}
            target="_blank"
            rel="noreferrer"
            leftSection={<IconExternalLink size={15} />}
          >
            {text('automation.run')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
