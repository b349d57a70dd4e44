import { Button, Group } from '@mantine/core'
import type { z } from 'zod'
import { gender } from '../../../api/contract/common.ts'
import type { CustomerFilter } from '../../../api/contract/customers.ts'
import type { getMemberFacets } from '../../../api/contract/segments.ts'
import { useText } from '../useText.tsx'
import { BookingsFilter } from './BookingsFilter.tsx'
import { ChoicesFilter } from './ChoicesFilter.tsx'
import { isEmptyFilter } from './customerFilter.ts'
import { TextFilter } from './TextFilter.tsx'
import { useFacetLabel } from './useFacetLabel.ts'

type Facets = z.infer<typeof getMemberFacets.answer>

type Props = {
  filter: CustomerFilter
  onChange: (filter: CustomerFilter) => void
  /** The choices with their numbers; without them only what needs no choices is offered. */
  facets: Partial<Facets> | undefined
  /** Names of filters to offer. */
  offer: readonly ('gender' | 'customer_group' | 'aggregator' | 'tag')[]
}

/** Choices that are known without asking. */
const genders = gender.options.map((value) => ({ value, count: null }))

/** What a list of customers is narrowed by, each choice with the number of customers it leaves. */
export function FilterBar({ filter, onChange, facets, offer }: Props) {
  const text = useText()
  const labelOf = useFacetLabel()
  const set = (part: Partial<CustomerFilter>) => onChange({ ...filter, ...part })
  return (
    <Group gap={8} role="group" aria-label={text('filter.label')}>
      <TextFilter value={filter.text ?? ''} onChange={(value) => set({ text: value })} />
      {offer.map((name) => (
        <ChoicesFilter
          key={name}
          title={text(`filter.${name}`)}
          choices={facets?.[name] ?? (name === 'gender' ? genders : [])}
          chosen={filter[name] ?? []}
          labelOf={(value) => labelOf(name, value)}
          onChange={(values) => set({ [name]: values })}
        />
      ))}
      <BookingsFilter
        choices={facets?.bookings}
        chosen={filter.bookings}
        onChange={(bookings) => set({ bookings: bookings ?? {} })}
      />
      {!isEmptyFilter(filter) && (
        <Button variant="subtle" size="compact-sm" onClick={() => onChange({})}>
          {text('filter.clear')}
        </Button>
      )}
    </Group>
  )
}
