import { Badge, Button, Group, Menu } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconBookmark, IconCheck, IconChevronDown } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type CustomerView, changeCustomerView, deleteCustomerView } from '../../api/contract/customerList.ts'
import { call } from '../client/call.ts'
import { notifyDone, useNotifyProblem } from '../shared/notify.ts'
import { useText } from '../shared/useText.tsx'
import { definitionOf, isSame, type ListState, stateOf } from './listState.ts'
import { SaveView } from './SaveView.tsx'
import { viewsQuery } from './views.ts'

type Props = {
  state: ListState
  /** The id of the view that was opened last. */
  opened: string | undefined
  onOpen: (view: CustomerView | null) => void
}

/** The views that one has saved and those that others share; saving what is looked at, and keeping views in order. */
export function ViewsMenu({ state, opened, onOpen }: Props) {
  const text = useText()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const [saving, save] = useState<'new' | CustomerView | null>(null)
  const views = useQuery(viewsQuery).data?.items ?? []
  const current = views.find(({ id }) => id === opened)
  const isChanged = current !== undefined && !isSame(stateOf(current.definition), state)
  const refresh = () => queries.invalidateQueries({ queryKey: viewsQuery.queryKey })
  const keep = useMutation({
    mutationFn: ({ id, name, shared, revision }: CustomerView) =>
      call(changeCustomerView, { params: { id }, body: { name, shared, revision, definition: definitionOf(state) } }),
    onSuccess: async ({ name }) => {
      await refresh()
      notifyDone(text('views.kept', { name }))
    },
    onError: notifyProblem,
  })
  const remove = useMutation({
    mutationFn: ({ id }: CustomerView) => call(deleteCustomerView, { params: { id } }),
    onSuccess: async () => {
      await refresh()
      onOpen(null)
    },
    onError: notifyProblem,
  })
  const askToDelete = (view: CustomerView) =>
    modals.openConfirmModal({
      title: text('views.deleteTitle', { name: view.name }),
      children: text(view.shared ? 'views.deleteShared' : 'views.deleteText'),
      labels: { confirm: text('views.delete'), cancel: text('action.cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => remove.mutate(view),
    })
  const groups = [
    { title: text('views.own'), items: views.filter(({ own }) => own) },
    { title: text('views.shared'), items: views.filter(({ own }) => !own) },
  ].filter(({ items }) => items.length > 0)
  return (
    <>
      <Menu position="bottom-end" withinPortal width={280}>
        <Menu.Target>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconBookmark size={16} />}
            rightSection={<IconChevronDown size={13} />}
            maw={260}
          >
            {current === undefined
              ? text('views.title')
              : text('views.current', { name: current.name, changed: String(isChanged) })}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => onOpen(null)}>{text('views.all')}</Menu.Item>
          {groups.map(({ title, items }) => (
            <div key={title}>
              <Menu.Label>{title}</Menu.Label>
              {items.map((view) => (
                <Menu.Item
                  key={view.id}
                  onClick={() => onOpen(view)}
                  leftSection={view.id === opened ? <IconCheck size={14} /> : <span style={{ width: 14 }} />}
                >
                  <Group justify="space-between" wrap="nowrap" gap={8}>
                    <span>{view.name}</span>
                    {view.own && view.shared && <Badge size="xs">{text('views.sharedBadge')}</Badge>}
                  </Group>
                </Menu.Item>
              ))}
            </div>
          ))}
          <Menu.Divider />
          {current?.may_change && isChanged && (
            <Menu.Item onClick={() => keep.mutate(current)}>{text('views.keep', { name: current.name })}</Menu.Item>
          )}
          <Menu.Item onClick={() => save('new')}>{text('views.saveNew')}</Menu.Item>
          {current?.may_change && (
            <>
              <Menu.Item onClick={() => save(current)}>{text('views.rename')}</Menu.Item>
              <Menu.Item color="red" onClick={() => askToDelete(current)}>
                {text('views.deleteNamed', { name: current.name })}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {saving !== null && (
        <SaveView
          view={saving === 'new' ? null : saving}
          definition={saving === 'new' ? definitionOf(state) : saving.definition}
          onClose={() => save(null)}
          onSaved={(view) => {
            save(null)
            if (saving === 'new') onOpen(view)
          }}
        />
      )}
    </>
  )
}
