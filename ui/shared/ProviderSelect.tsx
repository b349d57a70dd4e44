import { Select } from '@mantine/core'
import { IconUserStar } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { providersQuery } from '../client/providers.ts'
import { useText } from './useText.tsx'

type Props = {
  /** The chosen one's id; null for none, or all. */
  value: string | null
  onChange: (provider: string | null) => void
  /** Whether all of them together is a choice, too. */
  all?: boolean
}

/** Chooses a provider by name, with the number of their customers. Nothing where there is only one to choose. */
export function ProviderSelect({ value, onChange, all = false }: Props) {
  const text = useText()
  const { data } = useQuery(providersQuery)
  const providers = data?.items ?? []
  if (providers.length < 2) return null
  return (
    <Select
      size="xs"
      w={250}
      maw="100%"
      leftSection={<IconUserStar size={16} aria-hidden="true" />}
      aria-label={text('provider.label')}
      placeholder={text(all ? 'provider.all' : 'provider.choose')}
      nothingFoundMessage={text('provider.nothing')}
      data={providers.map(({ id, name }) => ({ value: id, label: name }))}
      value={value}
      onChange={onChange}
      searchable
      clearable={all}
      clearButtonProps={{ 'aria-label': text('provider.all') }}
      comboboxProps={{ shadow: 'md' }}
      maxDropdownHeight={320}
    />
  )
}
