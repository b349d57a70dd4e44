import { useIntl } from 'react-intl'
import type { CustomerFilter } from '../../api/contract/customers.ts'
import { useText } from '../shared/useText.tsx'

/** A filter as short phrases in the reader's language, one for each part that narrows. */
export function useFilterWords(): (filter: CustomerFilter) => string[] {
  const text = useText()
  const intl = useIntl()
  return ({ gender, customer_group, aggregator, bookings, text: typed, ...filter }) => {
    const { tag, status, language, reachable = [], unreachable = [] } = filter
    const by = (id: 'filter.reachableBy' | 'filter.unreachableBy') => (one: 'email' | 'sms' | 'push') =>
      text(id, { channel: text(`channel.${one}`) })
    const reach = [...reachable.map(by('filter.reachableBy')), ...unreachable.map(by('filter.unreachableBy'))]
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
      ...(tag?.length ? [said(text('filter.tag'), list(tag))] : []),
      ...(status?.length ? [said(text('filter.status'), list(status.map((one) => text(`status.${one}`))))] : []),
      ...(language?.length ? [said(text('filter.language'), list(language))] : []),
      ...(reach.length > 0 ? [said(text('filter.reachable'), intl.formatList(reach))] : []),
      ...(bookings?.min === undefined ? [] : [text('criteria.bookingsMin', { count: bookings.min })]),
      ...(bookings?.max === undefined ? [] : [text('criteria.bookingsMax', { count: bookings.max })]),
      ...(typed ? [`“${typed}”`] : []),
    ]
  }
}
