import { useIntl } from 'react-intl'
import type { CustomerFilter } from '../../api/contract/customers.ts'
import { useText } from '../shared/useText.tsx'

/** A filter as short phrases in the reader's language, one for each part that narrows. */
export function useFilterWords(): (filter: CustomerFilter) => string[] {
  const text = useText()
  const intl = useIntl()
  return ({ gender, customer_group, aggregator, bookings, text: typed }) => {
    const list = (values: readonly string[]) =>
      intl.formatList(
        values.map((value) => (value === '' ? text('filter.none') : value)),
        { type: 'disjunction' },
      )
    const said = (name: string, value: string) => text('filter.chip', { name, value })
    return [
      ...(gender?.length ? [said(text('filter.gender'), list(gender.map((one) => text(`gender.${one}`))))] : []),
      ...(customer_group?.length ? [said(text('filter.customer_group'), list(customer_group))] : []),
      ...(aggregator?.length ? [said(text('filter.aggregator'), list(aggregator))] : []),
      ...(bookings?.min === undefined ? [] : [text('criteria.bookingsMin', { count: bookings.min })]),
      ...(bookings?.max === undefined ? [] : [text('criteria.bookingsMax', { count: bookings.max })]),
      ...(typed ? [`“${typed}”`] : []),
    ]
  }
}
