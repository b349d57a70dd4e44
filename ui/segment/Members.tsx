import { Group, Table } from '@mantine/core'
import { IconFilterOff, IconUsers } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import type { CustomerFilter } from '../../api/contract/customers.ts'
import type { Segment } from '../../api/contract/segments.ts'
import { changedSearch } from '../shared/changedSearch.ts'
import { EmptyState } from '../shared/EmptyState.tsx'
import { filterFromSearch, filterToSearch, isEmptyFilter } from '../shared/filter/customerFilter.ts'
import { FilterBar } from '../shared/filter/FilterBar.tsx'
import { IfMay } from '../shared/IfMay.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { itemsOf, PagedList, totalOf } from '../shared/PagedList.tsx'
import { useText } from '../shared/useText.tsx'
import { ByHand } from './byHand/ByHand.tsx'
import { MemberRow } from './MemberRow.tsx'
import { PickBar } from './PickBar.tsx'
import { isPicked, NOBODY, type Selection, toggleOne } from './selection.ts'
import { useMembers } from './useMembers.ts'
import { Why } from './Why.tsx'

const route = getRouteApi('/shell/segments/$id')

type Props = {
  segment: Segment
  /** Whose customers are meant, in a segment that is evaluated for each provider. */
  provider?: string | undefined
}

/** The members: filters in the address, picks in the page. */
export function Members({ segment, provider }: Props) {
  const text = useText()
  const filter = filterFromSearch(route.useSearch())
  const navigate = route.useNavigate()
  const { members, facets } = useMembers(segment, filter, provider)
  const [selection, setSelection] = useState<Selection>(NOBODY)
  const [asked, setAsked] = useState<{ id: string; name: string } | null>(null)

  const shown = itemsOf(members).map(({ id }) => id)
  const total = totalOf(members) ?? 0
  const changeFilter = (next: CustomerFilter) => {
    // “All who match” was said of the filter before; picks one by one stay.
    if (selection.kind === 'all') setSelection(NOBODY)
    void navigate({
      search: (before) => changedSearch<typeof before>(filterToSearch(next), { provider: before.provider }),
      replace: true,
      resetScroll: false,
    })
  }

  return (
    <ListPanel>
      <PickBar
        segment={segment}
        provider={provider}
        filter={filter}
        selection={selection}
        onSelect={setSelection}
        shown={shown}
        total={total}
      />
      <Group px="md" py={10} gap="xs" justify="space-between" align="flex-start">
        <FilterBar
          filter={filter}
          onChange={changeFilter}
          facets={facets}
          offer={['gender', 'customer_group', 'aggregator', 'tag']}
        />
        <IfMay permission="segments.decide">
          <ByHand segment={segment} provider={provider} />
        </IfMay>
      </Group>
      <PagedList
        query={members}
        loading={{ rows: 8 }}
        empty={
          isEmptyFilter(filter) ? (
            <EmptyState icon={IconUsers} title={text('segment.emptyTitle')} text={text('segment.emptyText')} />
          ) : (
            <EmptyState icon={IconFilterOff} title={text('segment.noMatchTitle')} text={text('segment.noMatchText')} />
          )
        }
      >
        {(rows) => (
          <Table highlightOnHover verticalSpacing={8} aria-label={text('segment.members')}>
            <Table.Tbody>
              {rows.map((member) => (
                <MemberRow
                  key={member.id}
                  segment={segment}
                  provider={provider}
                  member={member}
                  picked={isPicked(selection, member.id)}
                  onPick={() => setSelection(toggleOne(selection, member.id, shown))}
                  onWhy={() => setAsked(member)}
                />
              ))}
            </Table.Tbody>
          </Table>
        )}
      </PagedList>
      <Why segment={segment} customer={asked} provider={provider} onClose={() => setAsked(null)} />
    </ListPanel>
  )
}
