import type { ReactNode } from 'react'
import type { CustomerColumn, CustomerSort, ListedCustomer } from '../../api/contract/customerList.ts'
import type { CustomerSummary } from '../../api/contract/customers.ts'
import { Count } from '../shared/Count.tsx'
import { Instant } from '../shared/Instant.tsx'
import { StatusBadge } from '../shared/StatusBadge.tsx'
import type { useText } from '../shared/useText.tsx'
import { Tags } from '../tags/Tags.tsx'

type Text = ReturnType<typeof useText>

/** What a row is made from: lists of other pages know less of a customer, and show fewer columns. */
export type Shown = CustomerSummary & Partial<ListedCustomer>

type Column = {
  /** By what its head sorts the list. */
  sort?: CustomerSort
  isNumber?: true
  /** From which width of the window on it is shown; on a telephone there is room for little. */
  from: 'base' | 'xs' | 'md'
  /** Has no use for a second line: figures would fall apart. */
  isOneLine?: true
  cell: (customer: Shown, text: Text, languageName: (code: string) => string) => ReactNode
}

/** The columns of the list beside the name. */
export const COLUMNS: Readonly<Record<CustomerColumn, Column>> = {
  email: { sort: 'email', from: 'md', cell: ({ email }) => email },
  phone: { from: 'md', isOneLine: true, cell: ({ phone }) => phone },
  status: { sort: 'status', from: 'xs', cell: ({ status }) => <StatusBadge status={status} /> },
  tags: { from: 'md', cell: ({ tags }) => <Tags tags={tags} /> },
  customer_group: { sort: 'customer_group', from: 'md', cell: (customer) => customer.customer_group },
  aggregator: { sort: 'aggregator', from: 'md', cell: ({ aggregator }) => aggregator },
  gender: { from: 'md', cell: ({ gender }, text) => gender !== null && text(`gender.${gender}`) },
  language: { sort: 'language', from: 'md', cell: ({ language }, _, name) => language && name(language) },
  bookings: {
    sort: 'bookings',
    isNumber: true,
    from: 'base',
    cell: ({ bookings }) => <Count value={bookings} />,
  },
  last_booking: {
    sort: 'last_booking',
    from: 'md',
    isOneLine: true,
    cell: ({ last_booking_at: at }) => at && <Instant at={at} />,
  },
  joined: { sort: 'newest', from: 'md', isOneLine: true, cell: ({ joined_at: at }) => at && <Instant at={at} /> },
}
