import { Button, Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { channel, gender, status } from '../../api/contract/common.ts'
import type { CustomerFilter, CustomerSearch } from '../../api/contract/customers.ts'
import { segmentsQuery } from '../client/segments.ts'
import { BookingsFilter } from '../shared/filter/BookingsFilter.tsx'
import { readBookings, readReach, writeReach } from '../shared/filter/customerFilter.ts'
import { TextFilter } from '../shared/filter/TextFilter.tsx'
import { useSegmentWords } from '../shared/useSegmentWords.ts'
import { useText } from '../shared/useText.tsx'
import { FacetFilter } from './FacetFilter.tsx'
import { findsAll } from './listState.ts'
import { useFacet } from './useFacet.ts'
import { useLanguageName } from './useLanguageName.ts'

type Props = { search: CustomerSearch; onChange: (search: CustomerSearch) => void }

/** What the list is narrowed by: the usual filters at hand, the others behind a button unless they are set. */
export function CustomerFilters({ search, onChange }: Props) {
  const text = useText()
  const languageName = useLanguageName()
  const [showsAll, { toggle }] = useDisclosure(false)
  const filter = search.filter ?? {}
  const set = (part: Partial<CustomerFilter>) => onChange({ ...search, filter: { ...filter, ...part } })
  const given = { search }
  const rare = [
    {
      isSet: (filter.customer_group ?? []).length > 0,
      shown: (
        <FacetFilter
          key="group"
          {...given}
          facet="customer_group"
          chosen={filter.customer_group ?? []}
          onChange={(values) => set({ customer_group: values })}
        />
      ),
    },
    {
      isSet: (filter.aggregator ?? []).length > 0,
      shown: (
        <FacetFilter
          key="aggregator"
          {...given}
          facet="aggregator"
          chosen={filter.aggregator ?? []}
          onChange={(values) => set({ aggregator: values })}
        />
      ),
    },
    {
      isSet: (filter.gender ?? []).length > 0,
      shown: (
        <FacetFilter
          key="gender"
          {...given}
          facet="gender"
          chosen={filter.gender ?? []}
          labelOf={(value) => text(`gender.${gender.parse(value)}`)}
          onChange={(values) => set({ gender: values.flatMap((value) => gender.safeParse(value).data ?? []) })}
        />
      ),
    },
    {
      isSet: (filter.language ?? []).length > 0,
      shown: (
        <FacetFilter
          key="language"
          {...given}
          facet="language"
          chosen={filter.language ?? []}
          labelOf={languageName}
          onChange={(values) => set({ language: values })}
        />
      ),
    },
    {
      isSet: writeReach(filter).length > 0,
      shown: <ReachFilter key="reach" search={search} onChange={set} />,
    },
  ]
  const isAllSet = rare.every(({ isSet }) => isSet)
  return (
    <Group gap={8} role="group" aria-label={text('filter.label')}>
      <TextFilter value={filter.text ?? ''} onChange={(value) => set({ text: value })} />
      <FacetFilter
        {...given}
        facet="status"
        chosen={filter.status ?? []}
        labelOf={(value) => text(`status.${status.parse(value)}`)}
        onChange={(values) => set({ status: values.flatMap((value) => status.safeParse(value).data ?? []) })}
      />
      <FacetFilter {...given} facet="tag" chosen={filter.tag ?? []} onChange={(values) => set({ tag: values })} />
      <SegmentFilter search={search} onChange={onChange} />
      <Bookings search={search} onChange={set} />
      {rare.map(({ isSet, shown }) => (showsAll || isSet ? shown : null))}
      {!isAllSet && (
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconAdjustmentsHorizontal size={15} />}
          aria-expanded={showsAll}
          onClick={toggle}
        >
          {text(showsAll ? 'customers.fewerFilters' : 'customers.moreFilters')}
        </Button>
      )}
      {!findsAll(search) && (
        <Button variant="subtle" size="compact-sm" onClick={() => onChange({})}>
          {text('filter.clear')}
        </Button>
      )}
    </Group>
  )
}

/** In one segment, of whichever provider. */
function SegmentFilter({ search, onChange }: Props) {
  const { nameOf } = useSegmentWords()
  const segments = useQuery(segmentsQuery).data?.items ?? []
  const names = new Map(segments.map((segment) => [segment.id, nameOf(segment)]))
  const { segment, provider: _, ...others } = search
  return (
    <FacetFilter
      facet="segment"
      search={search}
      chosen={segment === undefined ? [] : [segment]}
      labelOf={(id) => names.get(id) ?? id}
      onChange={(values) => {
        // one at a time: the one ticked last
        const next = values.at(-1)
        onChange(next === undefined ? others : { ...others, segment: next })
      }}
    />
  )
}

type PartProps = { search: CustomerSearch; onChange: (part: Partial<CustomerFilter>) => void }

function Bookings({ search, onChange }: PartProps) {
  const { choices, onOpen } = useFacet('bookings', search)
  const ranges = choices?.flatMap(({ value, count }) => {
    const range = readBookings(value ?? undefined)
    return range === undefined ? [] : [{ min: range.min ?? 0, max: range.max ?? null, count }]
  })
  return (
    <BookingsFilter
      choices={ranges}
      chosen={search.filter?.bookings}
      onChange={(bookings) => onChange({ bookings: bookings ?? {} })}
      onOpen={onOpen}
    />
  )
}

function ReachFilter({ search, onChange }: PartProps) {
  const text = useText()
  return (
    <FacetFilter
      facet="reachable"
      search={search}
      chosen={writeReach(search.filter ?? {})}
      labelOf={(value) => {
        const isOpen = !value.startsWith('-')
        const name = text(`channel.${channel.parse(isOpen ? value : value.slice(1))}`)
        return text(isOpen ? 'filter.reachableBy' : 'filter.unreachableBy', { channel: name })
      }}
      onChange={(values) => {
        // of “by email” and “not by email” the one ticked last stands
        const last = values.at(-1) ?? ''
        const other = last.startsWith('-') ? last.slice(1) : `-${last}`
        onChange(readReach(values.filter((value) => value !== other)))
      }}
    />
  )
}
