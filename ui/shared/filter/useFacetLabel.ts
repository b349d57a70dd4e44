import { gender } from '../../../api/contract/common.ts'
import { useText } from '../useText.tsx'

/** How a choice of a filter is called: genders in the reader's language, groups and aggregators by their own name. */
export function useFacetLabel(): (name: string, value: string | null) => string {
  const text = useText()
  return (name, value) => {
    if (value === null) return text('filter.none')
    const known = name === 'gender' ? gender.safeParse(value).data : undefined
    return known ? text(`gender.${known}`) : value
  }
}
