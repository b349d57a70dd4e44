import { ActionIcon, Menu, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconDots } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { changeUser, dropSecondFactor, inviteAgain, type ListedUser, signOutUser } from '../../api/contract/access.ts'
import { call } from '../client/call.ts'
import { notifyDone, notifyRefused, useNotifyProblem } from '../shared/notify.ts'
import { useText } from '../shared/useText.tsx'
import { usersQuery } from './usersQuery.ts'

/** What an admin can do with somebody's account. */
export function UserMenu({ user, onEdit }: { user: ListedUser; onEdit: () => void }) {
  const text = useText()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const { id, name, email } = user
  const act = useMutation({
    mutationFn: (work: () => Promise<string>) => work(),
    onSuccess: (done) => {
      if (done !== '') notifyDone(done)
      void queries.invalidateQueries({ queryKey: usersQuery.queryKey })
    },
    onError: notifyProblem,
  })
  const params = { id }
  const done = text('users.done')
  const again = async () => {
    const { mailed } = await call(inviteAgain, { params })
    if (!mailed) notifyRefused(text('users.notMailed'))
    return mailed ? text('users.mailed', { email }) : ''
  }
  const setActive = async (active: boolean) => {
    await call(changeUser, { params, body: { active } })
    return done
  }
  const ask = (title: string, why: string, work: () => Promise<string>) =>
    modals.openConfirmModal({
      title,
      children: <Text fz="sm">{why}</Text>,
      labels: { confirm: title, cancel: text('action.cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => act.mutate(work),
    })
  return (
    <Menu position="bottom-end" shadow="md" width={230}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={text('users.acts', { name })} loading={act.isPending}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onEdit}>{text('users.edit')}</Menu.Item>
        {user.state === 'invited' && <Menu.Item onClick={() => act.mutate(again)}>{text('users.again')}</Menu.Item>}
        {user.state === 'active' && (
          <Menu.Item
            onClick={() =>
              act.mutate(async () => {
                const { ended } = await call(signOutUser, { params })
                return text('sessions.ended', { count: ended })
              })
            }
          >
            {text('users.signOut')}
          </Menu.Item>
        )}
        {user.second_factor && (
          <Menu.Item
            onClick={() =>
              ask(text('users.dropFactor'), text('users.dropFactorText', { name }), async () => {
                await call(dropSecondFactor, { params })
                return done
              })
            }
          >
            {text('users.dropFactor')}
          </Menu.Item>
        )}
        {user.state === 'deactivated' ? (
          <Menu.Item onClick={() => act.mutate(() => setActive(true))}>{text('users.activate')}</Menu.Item>
        ) : (
          <Menu.Item
            color="red"
            onClick={() =>
              ask(text('users.deactivate'), text('users.deactivateText', { name }), () => setActive(false))
            }
          >
            {text('users.deactivate')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
