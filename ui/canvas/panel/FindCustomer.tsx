import { Select, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listCustomers } from '../../../api/contract/customerList.ts'
import { call } from '../../client/call.ts'
import { useText } from '../../shared/useText.tsx'

const REST = 200
const MOST = 8

type Props = { onFollow: (id: string) => void; label?: string }

/** Finds a customer by name, address or id, to follow their way. */
export function FindCustomer({ onFollow, label }: Props) {
  const text = useText()
  const said = label ?? text('canvas.find')
  const [typed, setTyped] = useState('')
  const [resting] = useDebouncedValue(typed.trim(), REST)
  const found = useQuery({
    queryKey: ['customers', 'find', resting],
    queryFn: ({ signal }) => call(listCustomers, { query: { text: resting, limit: MOST }, signal }),
    enabled: resting !== '',
    placeholderData: keepPreviousData,
  })
  const customers = resting === '' ? [] : (found.data?.items ?? [])
  return (
    <Select
      aria-label={said}
      placeholder={said}
      leftSection={<IconSearch size={16} />}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      value={null}
      data={customers.map(({ id, name }) => ({ value: id, label: name }))}
      filter={({ options }) => options}
      rightSection={null}
      nothingFoundMessage={resting !== '' && !found.isFetching ? text('canvas.find.nobody') : undefined}
      renderOption={({ option }) => (
        <div>
          {option.label}
          <Text fz="xs" c="dimmed">
            {customers.find(({ id }) => id === option.value)?.email ?? option.value}
          </Text>
        </div>
      )}
      onChange={(id) => {
        if (id === null) return
        setTyped('')
        onFollow(id)
      }}
    />
  )
}
