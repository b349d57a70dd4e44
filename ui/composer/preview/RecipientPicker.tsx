import { ActionIcon, Group, Loader, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import type { Recipients } from '../../../api/contract/orders.ts'
import { useText } from '../../shared/useText.tsx'
import { type Person, useRecipientSearch } from './useRecipientSearch.ts'

type Props = { recipients: Recipients; person: Person | null; onPick: (person: Person) => void }

/** Whose eyes to read the mail with: found by name among the recipients, or one after the other. */
export function RecipientPicker({ recipients, person, onPick }: Props) {
  const text = useText()
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed === person?.name ? '' : typed, 250)
  const found = useRecipientSearch(recipients, search)
  const people = found.data ?? []
  const options = people.some(({ id }) => id === person?.id) || person === null ? people : [person, ...people]
  const at = people.findIndex(({ id }) => id === person?.id)
  const pick = (next: Person | undefined) => next !== undefined && onPick(next)

  return (
    <Group gap={4} wrap="nowrap" align="flex-end">
      <Select
        label={text('composer.preview.as')}
        flex={1}
        searchable
        value={person?.id ?? null}
        data={options.map(({ id, name, email }) => ({ value: id, label: name, email }))}
        filter={({ options: all }) => all}
        searchValue={typed}
        onSearchChange={setTyped}
        onChange={(id) => pick(options.find((one) => one.id === id))}
        allowDeselect={false}
        nothingFoundMessage={found.isFetching ? text('state.loading') : text('composer.preview.nobody')}
        rightSection={found.isFetching ? <Loader size={14} /> : undefined}
        error={found.error === null ? null : text('composer.preview.searchFailed')}
        comboboxProps={{ shadow: 'md' }}
        renderOption={({ option }) => (
          <span>
            {option.label}
            <span style={{ display: 'block', color: 'var(--mantine-color-dimmed)', fontSize: '0.78rem' }}>
              {options.find(({ id }) => id === option.value)?.email ?? ''}
            </span>
          </span>
        )}
      />
      <ActionIcon
        size={36}
        aria-label={text('composer.preview.previous')}
        disabled={at <= 0}
        onClick={() => pick(people[at - 1])}
      >
        <IconChevronLeft size={18} aria-hidden="true" />
      </ActionIcon>
      <ActionIcon
        size={36}
        aria-label={text('composer.preview.next')}
        disabled={at < 0 || at >= people.length - 1}
        onClick={() => pick(people[at + 1])}
      >
        <IconChevronRight size={18} aria-hidden="true" />
      </ActionIcon>
    </Group>
  )
}
