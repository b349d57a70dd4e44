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
  /** Stays on a telephone. */
  isNarrow?: true
  cell: (customer: Shown, text: Text, languageName: (code: string) => string) => ReactNode
}

/** The columns of the list beside the name. */
export const COLUMNS: Readonly<Record<CustomerColumn, Column>> = {
  email: { sort: 'email', cell: ({ email }) => email },
  phone: { cell: ({ phone }) => phone },
  status: { sort: 'status', isNarrow: true, cell: ({ status }) => <StatusBadge status={status} /> },
  tags: { cell: ({ tags }) => <Tags tags={tags} /> },
  customer_group: { sort: 'customer_group', cell: (customer) => customer.customer_group },
  aggregator: { sort: 'aggregator', cell: ({ aggregator }) => aggregator },
  gender: { cell: ({ gender }, text) => gender !== null && text(`gender.${gender}`) },
  language: { sort: 'language', cell: ({ language }, _, name) => language && name(language) },
  bookings: {
    sort: 'bookings',
    isNumber: true,
    isNarrow: true,
    cell: ({ bookings }) => <Count value={bookings} />,
  },
  last_booking: { sort: 'last_booking', cell: ({ last_booking_at: at }) => at && <Instant at={at} /> },
  joined: { sort: 'newest', cell: ({ joined_at: at }) => at && <Instant at={at} /> },
}
