import type { CustomerFacet } from '../../api/contract/customerList.ts'
import type { CustomerSearch } from '../../api/contract/customers.ts'
import { ChoicesFilter } from '../shared/filter/ChoicesFilter.tsx'
import { useText } from '../shared/useText.tsx'
import { useFacet } from './useFacet.ts'

type Props = {
  facet: Exclude<CustomerFacet, 'bookings'>
  search: CustomerSearch
  chosen: readonly string[]
  labelOf?: (value: string) => string
  onChange: (values: string[]) => void
}

/** A filter of the list whose choices are counted when it is opened. */
export function FacetFilter({ facet, search, chosen, labelOf = (value) => value, onChange }: Props) {
  const text = useText()
  const { choices = [], isLoading, onOpen } = useFacet(facet, search)
  return (
    <ChoicesFilter
      title={text(`filter.${facet}`)}
      choices={choices}
      chosen={chosen}
      labelOf={(value) => (value === null ? text('filter.none') : labelOf(value))}
      onChange={onChange}
      onOpen={onOpen}
      isLoading={isLoading}
    />
  )
}
