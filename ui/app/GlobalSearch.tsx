import { Loader } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { Spotlight } from '@mantine/spotlight'
import { IconCircles, IconSearch, IconUser } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useIntl } from 'react-intl'
import { searchCustomers } from '../../api/contract/customers.ts'
import { call } from '../client/call.ts'
import { segmentsQuery } from '../client/segments.ts'
import { useText } from '../shared/useText.tsx'
import classes from './GlobalSearch.module.css'

/** Customers and segments by name, from everywhere: Ctrl or Cmd and K, or the search field of the page. */
export function GlobalSearch() {
  const text = useText()
  const intl = useIntl()
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const [settled] = useDebouncedValue(typed.trim(), 160)

  const segments = useQuery({ ...segmentsQuery, enabled: typed !== '' })
  const customers = useQuery({
    queryKey: ['customers', 'search', settled],
    queryFn: ({ signal }) => call(searchCustomers, { body: { limit: 7, filter: { text: settled } }, signal }),
    enabled: settled !== '',
    placeholderData: keepPreviousData,
  })

  const wanted = typed.trim().toLowerCase()
  const foundSegments =
    wanted === '' ? [] : (segments.data?.items ?? []).filter(({ name }) => name.toLowerCase().includes(wanted))
  const foundCustomers = wanted === '' ? [] : (customers.data?.items ?? [])
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
            {foundSegments.slice(0, 5).map(({ id, name, members }) => (
              <Spotlight.Action
                key={id}
                label={name}
                leftSection={<IconCircles size={18} />}
                rightSection={intl.formatNumber(members)}
                onClick={() => navigate({ to: '/segments/$id', params: { id } })}
              />
            ))}
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
