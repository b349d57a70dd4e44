import { Badge, Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { endOtherSessions, endOwnSession, type Session } from '../../api/contract/access.ts'
import { call } from '../client/call.ts'
import { Sheet } from '../settings/Sheet.tsx'
import { Ago } from '../shared/Ago.tsx'
import { notifyDone, useNotifyProblem } from '../shared/notify.ts'
import { useText } from '../shared/useText.tsx'
import { accountQuery } from './accountQuery.ts'
import { deviceName } from './deviceName.ts'

/** Where one is signed in; each can be ended, or all the others at once. */
export function SessionList({ sessions }: { sessions: readonly Session[] }) {
  const text = useText()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const done = (count: number) => {
    notifyDone(text('sessions.ended', { count }))
    void queries.invalidateQueries({ queryKey: accountQuery.queryKey })
  }
  const end = useMutation({
    mutationFn: (id: string) => call(endOwnSession, { params: { id } }),
    onSuccess: () => done(1),
    onError: notifyProblem,
  })
  const endOthers = useMutation({
    mutationFn: () => call(endOtherSessions),
    onSuccess: ({ ended }) => done(ended),
    onError: notifyProblem,
  })
  return (
    <Sheet title={text('sessions.title')}>
      <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
        {sessions.map(({ id, device, address, seen_at: seen, current }) => {
          const name = deviceName(device) ?? text('sessions.unknown')
          return (
            <Group component="li" key={id} justify="space-between" wrap="nowrap">
              <div style={{ minWidth: 0 }}>
                <Text fz="sm" fw={550}>
                  {name}{' '}
                  {current && (
                    <Badge size="sm" variant="light">
                      {text('sessions.this')}
                    </Badge>
                  )}
                </Text>
                <Text fz="xs" c="dimmed">
                  {address} · <Ago at={seen} />
                </Text>
              </div>
              {!current && (
                <Button
                  size="xs"
                  variant="default"
                  aria-label={text('sessions.endOne', { device: name })}
                  loading={end.isPending && end.variables === id}
                  onClick={() => end.mutate(id)}
                >
                  {text('sessions.end')}
                </Button>
              )}
            </Group>
          )
        })}
      </Stack>
      {sessions.length > 1 && (
        <Group>
          <Button variant="default" loading={endOthers.isPending} onClick={() => endOthers.mutate()}>
            {text('sessions.endAll')}
          </Button>
        </Group>
      )}
    </Sheet>
  )
}
