import { Loader, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { searchCustomers } from '../../../api/contract/customerList.ts'
import { call } from '../../client/call.ts'
import { useText } from '../../shared/useText.tsx'

/** Whose copy is looked at. */
export type Person = { readonly id: string; readonly name: string }

type Props = { person: Person | null; onPick: (person: Person | null) => void }

/** As many as are read, not scrolled through. */
const SHOWN = 20
/** No customer has this id: the template's test data. */
const TEST_DATA = '\u0000'

/** Whose eyes to look at the template with: those of the test data, or of any customer. */
export function PersonSelect({ person, onPick }: Props) {
  const text = useText()
  const [typed, setTyped] = useState('')
  const own = person?.name ?? text('template.preview.testData')
  const [search] = useDebouncedValue(typed === own ? '' : typed.trim(), 250)
  const found = useQuery({
    queryKey: ['template-people', search],
    queryFn: ({ signal }) =>
      call(searchCustomers, { body: { limit: SHOWN, filter: search === '' ? {} : { text: search } }, signal }),
    staleTime: 30_000,
  })
  const people = (found.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))
  const picked =
    person && !people.some(({ value }) => value === person.id) ? [{ value: person.id, label: person.name }] : []
  const data = [{ value: TEST_DATA, label: text('template.preview.testData') }, ...picked, ...people]
  return (
    <Select
      size="xs"
      w={210}
      aria-label={text('composer.preview.as')}
      searchable
      allowDeselect={false}
      value={person?.id ?? TEST_DATA}
      data={data}
      filter={({ options }) => options}
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(id) => {
        const chosen = data.find(({ value }) => value === id)
        onPick(chosen === undefined || chosen.value === TEST_DATA ? null : { id: chosen.value, name: chosen.label })
      }}
      nothingFoundMessage={text('composer.preview.nobody')}
      rightSection={found.isFetching ? <Loader size={12} /> : undefined}
      comboboxProps={{ shadow: 'md' }}
    />
  )
}
