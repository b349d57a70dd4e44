import { Loader, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { searchCustomers } from '../../api/contract/customerList.ts'
import { call } from '../client/call.ts'
import { useText } from '../shared/useText.tsx'

/** As many as are read, not scrolled through. */
const SHOWN = 20

export type Person = { readonly id: string; readonly name: string }

type Props = {
  person: Person | null
  /** Only customers of this provider; undefined for all. */
  provider: string | undefined
  /** Whom nobody picks. */
  except?: string
  error: string | undefined
  onPick: (person: Person | null) => void
}

/** Finds a customer by the beginning of a name, an address or an id. */
export function CustomerSelect({ person, provider, except, error, onPick }: Props) {
  const text = useText()
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed === person?.name ? '' : typed.trim(), 250)
  const found = useQuery({
    queryKey: ['customers', 'to-give', provider, search],
    queryFn: ({ signal }) =>
      call(searchCustomers, {
        body: { limit: SHOWN, ...(provider && { provider }), filter: search === '' ? {} : { text: search } },
        signal,
      }),
    staleTime: 30_000,
  })
  const items = (found.data?.items ?? []).filter(({ id }) => id !== except)
  const people = items.map(({ id, name }) => ({ value: id, label: name }))
  const picked =
    person && !people.some(({ value }) => value === person.id) ? [{ value: person.id, label: person.name }] : []
  const data = [...picked, ...people]
  return (
    <Select
      label={text('rewards.customer')}
      placeholder={text('rewards.customerHint')}
      searchable
      value={person?.id ?? null}
      data={data}
      filter={({ options }) => options}
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(id) => {
        const chosen = data.find(({ value }) => value === id)
        onPick(chosen === undefined ? null : { id: chosen.value, name: chosen.label })
      }}
      nothingFoundMessage={text('rewards.nobody')}
      rightSection={found.isFetching ? <Loader size={14} /> : undefined}
      error={error}
      comboboxProps={{ shadow: 'md' }}
    />
  )
}
