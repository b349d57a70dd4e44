import { Badge, Button, Table, Text } from '@mantine/core'
import { IconUserPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ListedUser } from '../../api/contract/access.ts'
import { useSession } from '../client/session.ts'
import { Ago } from '../shared/Ago.tsx'
import { ErrorState } from '../shared/ErrorState.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { Page } from '../shared/Page.tsx'
import { useText } from '../shared/useText.tsx'
import { UserDialog } from './UserDialog.tsx'
import { UserMenu } from './UserMenu.tsx'
import { usersQuery } from './usersQuery.ts'

const COLORS = { active: 'green', invited: 'blue', deactivated: 'gray' } as const

/** Who may sign in, with which role; invites, changes and deactivates. */
export function UsersPage() {
  const text = useText()
  const own = useSession().user.id
  const { data, error, refetch } = useQuery(usersQuery)
  const [open, setOpen] = useState<ListedUser | 'new' | null>(null)
  return (
    <Page
      title={text('users.title')}
      back={{ to: '/settings' }}
      actions={
        <Button leftSection={<IconUserPlus size={17} />} onClick={() => setOpen('new')}>
          {text('users.invite')}
        </Button>
      }
    >
      <ListPanel>
        {data === undefined ? (
          error ? (
            <ErrorState error={error} onRetry={refetch} />
          ) : (
            <RowsLoading rows={5} />
          )
        ) : (
          <Table highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{text('users.name')}</Table.Th>
                <Table.Th>{text('users.role')}</Table.Th>
                <Table.Th visibleFrom="sm">{text('users.state')}</Table.Th>
                <Table.Th visibleFrom="md">{text('users.seen')}</Table.Th>
                <Table.Th w={50} aria-label={text('users.edit')} />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.items.map((user) => (
                <Table.Tr key={user.id}>
                  <Table.Td>
                    <Text fz="sm" fw={550}>
                      {user.name}{' '}
                      {user.id === own && (
                        <Badge size="sm" variant="default">
                          {text('users.you')}
                        </Badge>
                      )}
                    </Text>
                    <Text fz="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                      {user.email}
                    </Text>
                  </Table.Td>
                  <Table.Td>
                    {text(`role.${user.role}`)}
                    {user.provider !== null && (
                      <Text fz="xs" c="dimmed">
                        {user.provider.name}
                      </Text>
                    )}
                  </Table.Td>
                  <Table.Td visibleFrom="sm">
                    <Badge variant="light" color={COLORS[user.state]}>
                      {text(`users.state.${user.state}`)}
                    </Badge>
                    {user.second_factor && (
                      <Text fz="xs" c="dimmed">
                        {text('users.factor')}
                      </Text>
                    )}
                  </Table.Td>
                  <Table.Td visibleFrom="md" c="dimmed">
                    <Ago at={user.last_seen_at} />
                  </Table.Td>
                  <Table.Td>
                    <UserMenu user={user} onEdit={() => setOpen(user)} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </ListPanel>
      {open !== null && <UserDialog user={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </Page>
  )
}
