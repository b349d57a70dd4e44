import { Loader } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { Spotlight } from '@mantine/spotlight'
import { IconArrowRight, IconCircles, IconSearch, IconUser } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useIntl } from 'react-intl'
import { searchCustomers } from '../../api/contract/customerList.ts'
import { call } from '../client/call.ts'
import { segmentsQuery } from '../client/segments.ts'
import { useSegmentWords } from '../shared/useSegmentWords.ts'
import { useText } from '../shared/useText.tsx'
import classes from './GlobalSearch.module.css'

/** So many of each are shown at once; the lists have the others. */
const SEGMENTS = 5
const CUSTOMERS = 7

/** Customers and segments by name, from everywhere: Ctrl or Cmd and K, or the search field of the page. */
export function GlobalSearch() {
  const text = useText()
  const intl = useIntl()
  const navigate = useNavigate()
  const { nameOf } = useSegmentWords()
  const [typed, setTyped] = useState('')
  const [settled] = useDebouncedValue(typed.trim(), 160)

  const segments = useQuery({ ...segmentsQuery, enabled: typed !== '' })
  const customers = useQuery({
    queryKey: ['customers', 'search', settled],
    queryFn: ({ signal }) => call(searchCustomers, { body: { limit: CUSTOMERS, filter: { text: settled } }, signal }),
    enabled: settled !== '',
    placeholderData: keepPreviousData,
  })

  const wanted = typed.trim().toLowerCase()
  const foundSegments =
    wanted === ''
      ? []
      : (segments.data?.items ?? []).filter((segment) => nameOf(segment).toLowerCase().includes(wanted))
  const foundCustomers = wanted === '' ? [] : (customers.data?.items ?? [])
  const allCustomers = customers.data?.total ?? 0
  const waiting = customers.isFetching || wanted !== settled.toLowerCase()
  const nothing = foundSegments.length === 0 && foundCustomers.length === 0

  return (
    <Spotlight.Root
      query={typed}
      onQueryChange={setTyped}
      shortcut={['mod + K']}
      tagsToIgnore={[]}
      centered={false}
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
      attributes={{ content: { 'aria-label': text('search.open') } }}
      classNames={{ actionsGroup: classes.group ?? '' }}
      scrollable
      maxHeight={420}
    >
      <Spotlight.Search
        placeholder={text('search.placeholder')}
        aria-label={text('search.placeholder')}
        leftSection={waiting && wanted !== '' ? <Loader size={16} /> : <IconSearch size={18} />}
      />
      <Spotlight.ActionsList>
        {foundSegments.length > 0 && (
          <Spotlight.ActionsGroup label={text('search.segments')}>
            {foundSegments.slice(0, SEGMENTS).map((segment) => (
              <Spotlight.Action
                key={segment.id}
                label={nameOf(segment)}
                leftSection={<IconCircles size={18} />}
                rightSection={intl.formatNumber(segment.members)}
                onClick={() => navigate({ to: '/segments/$id', params: { id: segment.id } })}
              />
            ))}
            {foundSegments.length > SEGMENTS && (
              <Spotlight.Action
                label={text('search.allSegments', { total: foundSegments.length })}
                leftSection={<IconArrowRight size={18} />}
                onClick={() => navigate({ to: '/segments', search: { text: typed.trim() } })}
              />
            )}
          </Spotlight.ActionsGroup>
        )}
        {foundCustomers.length > 0 && (
          <Spotlight.ActionsGroup label={text('search.customers')}>
            {foundCustomers.map(({ id, name, email }) => (
              <Spotlight.Action
                key={id}
                label={name}
                description={email ?? id}
                leftSection={<IconUser size={18} />}
                onClick={() => navigate({ to: '/customers/$id', params: { id } })}
              />
            ))}
            {allCustomers > foundCustomers.length && (
              <Spotlight.Action
                label={text('search.allCustomers', { total: allCustomers })}
                leftSection={<IconArrowRight size={18} />}
                onClick={() => navigate({ to: '/customers', search: { text: typed.trim() } })}
              />
            )}
          </Spotlight.ActionsGroup>
        )}
        {nothing && (wanted === '' || !waiting) && (
          <Spotlight.Empty>
            {wanted === '' ? text('search.hint') : text('search.nothing', { text: typed.trim() })}
          </Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}
