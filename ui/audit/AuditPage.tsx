import { Button, Group, NativeSelect, TextInput } from '@mantine/core'
import { IconDownload, IconListDetails } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { exportAudit, listAudit } from '../../api/contract/audit.ts'
import { addressOf } from '../client/address.ts'
import { call } from '../client/call.ts'
import { changedSearch } from '../shared/changedSearch.ts'
import { EmptyState } from '../shared/EmptyState.tsx'
import { TextFilter } from '../shared/filter/TextFilter.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { Page } from '../shared/Page.tsx'
import { PagedList } from '../shared/PagedList.tsx'
import { useText } from '../shared/useText.tsx'
import { usersQuery } from '../users/usersQuery.ts'
import { AuditTable } from './AuditTable.tsx'
import { KINDS } from './kinds.ts'

const route = getRouteApi('/shell/settings/audit')
const isDay = (text: string | undefined) => text !== undefined && /^\d{4}-\d\d-\d\d$/.test(text)

/** Who changed what, when and from where, with before and after. */
export function AuditPage() {
  const text = useText()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const users = useQuery(usersQuery).data?.items ?? []
  const query = {
    ...(search.text === undefined ? {} : { text: search.text }),
    ...(search.kind === undefined ? {} : { entity: search.kind }),
    ...(search.actor !== undefined && /^(user|key):\d+$/.test(search.actor) ? { actor: search.actor } : {}),
    ...(isDay(search.from) ? { from: search.from } : {}),
    ...(isDay(search.to) ? { to: search.to } : {}),
  }
  const lines = useInfiniteQuery({
    queryKey: ['audit', query],
    queryFn: ({ pageParam, signal }) => call(listAudit, { query: { ...query, limit: 50, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  })
  const narrow = (change: { [Name in keyof typeof search]?: string | undefined }) =>
    void navigate({ search: (before) => changedSearch(before, change), replace: true, resetScroll: false })
  return (
    <Page
      title={text('audit.title')}
      back={{ to: '/settings' }}
      actions={
        <Button
          component="a"
          href={addressOf(exportAudit.path, {}, query)}
          download
          variant="default"
          leftSection={<IconDownload size={17} />}
        >
          {text('audit.export')}
        </Button>
      }
    >
      <ListPanel>
        <Group px="md" py={10} gap="sm" align="flex-end">
          <TextFilter
            label={text('audit.search')}
            width={300}
            value={search.text ?? ''}
            onChange={(next) => narrow({ text: next || undefined })}
          />
          <NativeSelect
            size="xs"
            aria-label={text('audit.kind')}
            value={search.kind ?? ''}
            data={[
              { value: '', label: text('audit.anyKind') },
              ...KINDS.map((kind) => ({ value: kind, label: text(`audit.kind.${kind}`) })),
            ]}
            onChange={(event) => narrow({ kind: event.currentTarget.value || undefined })}
          />
          <NativeSelect
            size="xs"
            aria-label={text('audit.who')}
            value={search.actor ?? ''}
            data={[
              { value: '', label: text('audit.anyone') },
              ...users.map(({ id, name }) => ({ value: `user:${id}`, label: name })),
            ]}
            onChange={(event) => narrow({ actor: event.currentTarget.value || undefined })}
          />
          {(['from', 'to'] as const).map((end) => (
            <TextInput
              key={end}
              size="xs"
              type="date"
              aria-label={text(`audit.${end}`)}
              value={search[end] ?? ''}
              onChange={(event) => narrow({ [end]: event.currentTarget.value || undefined })}
            />
          ))}
        </Group>
        <PagedList
          query={lines}
          loading={{ rows: 8 }}
          empty={<EmptyState icon={IconListDetails} title={text('audit.emptyTitle')} text={text('audit.emptyText')} />}
        >
          {(items) => <AuditTable lines={items} />}
        </PagedList>
      </ListPanel>
    </Page>
  )
}
