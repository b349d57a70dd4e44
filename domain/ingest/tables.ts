import { mergeAttributes } from './attributes.ts'
import { consentCells, NO_CONSENTS } from './consents.ts'
import type {
  IngestedBooking,
  IngestedCustomer,
  IngestedInteraction,
  IngestedMembership,
  IngestedPayment,
  IngestedProvider,
  IngestedReview,
} from './items.ts'
import type { ThingTable } from './table.ts'

const KNOWN = { column: 'known', yes: 1, no: 0 } as const
const NOT_DELETED = { column: 'deleted', yes: 0, no: 1 } as const

/** Stand-ins of tombstones without an owner; no query that leaves out deleted rows ever sees them. */
const NO_INSTANT = new Date(0)
const NO_DAY = '1970-01-01'

export const CUSTOMERS: ThingTable<IngestedCustomer> = {
  name: 'customers',
  singular: 'customer',
  alive: KNOWN,
  required: [],
  blank: {
    email: null,
    username: null,
    first_name: null,
    last_name: null,
    phone: null,
    birthdate: null,
    gender: null,
    language: null,
    country: null,
    customer_group: null,
    aggregator: null,
    joined_at: null,
    joined_on: null,
    attributes: null,
  },
  beside: NO_CONSENTS,
  cells: (item, read, current) => ({
    email: item.email,
    username: item.username,
    first_name: item.first_name,
    last_name: item.last_name,
    phone: item.phone,
    birthdate: item.birthdate,
    gender: item.gender,
    language: item.language,
    country: item.country,
    customer_group: item.customer_group,
    aggregator: item.aggregator,
    joined_at: read.instant(item.joined_at),
    joined_on: read.dayOf(item.joined_at),
    attributes: mergeAttributes(current.attributes, item.attributes),
    // the source knows best since when: a consent has the date of the version that brought it
    ...consentCells(item.consents, read.instant(item.updated_at) ?? read.now, current),
  }),
}

export const PROVIDERS: ThingTable<IngestedProvider> = {
  name: 'providers',
  singular: 'provider',
  alive: KNOWN,
  required: [],
  blank: { name: null, email: null },
  cells: (item) => ({ name: item.name, email: item.email }),
}

export const BOOKINGS: ThingTable<IngestedBooking> = {
  name: 'bookings',
  singular: 'booking',
  alive: NOT_DELETED,
  required: ['customer', 'starts_at'],
  blank: {
    customer_id: null,
    provider_id: null,
    service: null,
    starts_at: NO_INSTANT,
    starts_on: NO_DAY,
    minutes: null,
    price: null,
    state: 'booked',
    booked_at: null,
  },
  cells: (item, read) => ({
    customer_id: read.customer(item.customer),
    provider_id: read.provider(item.provider),
    service: item.service,
    starts_at: read.instant(item.starts_at),
    starts_on: read.dayOf(item.starts_at),
    minutes: item.minutes,
    price: item.price,
    state: item.state,
    booked_at: read.instant(item.created_at),
  }),
}

export const MEMBERSHIPS: ThingTable<IngestedMembership> = {
  name: 'memberships',
  singular: 'membership',
  alive: NOT_DELETED,
  required: ['customer', 'valid_from'],
  blank: {
    customer_id: null,
    provider_id: null,
    type: null,
    recurring: 0,
    valid_from: NO_DAY,
    valid_to: null,
    cancelled_on: null,
  },
  cells: (item, read) => ({
    customer_id: read.customer(item.customer),
    provider_id: read.provider(item.provider),
    type: item.type,
    recurring: item.recurring === undefined ? undefined : Number(item.recurring),
    valid_from: item.valid_from,
    valid_to: item.valid_to,
    cancelled_on: item.cancelled_at,
  }),
}

export const PAYMENTS: ThingTable<IngestedPayment> = {
  name: 'payments',
  singular: 'payment',
  alive: NOT_DELETED,
  required: ['customer', 'amount', 'paid_at'],
  blank: { customer_id: null, provider_id: null, amount: 0, paid_at: NO_INSTANT, paid_on: NO_DAY },
  cells: (item, read) => ({
    customer_id: read.customer(item.customer),
    provider_id: read.provider(item.provider),
    amount: item.amount,
    paid_at: read.instant(item.paid_at),
    paid_on: read.dayOf(item.paid_at),
  }),
}

export const REVIEWS: ThingTable<IngestedReview> = {
  name: 'reviews',
  singular: 'review',
  alive: NOT_DELETED,
  required: ['customer', 'rating', 'created_at'],
  blank: { customer_id: null, provider_id: null, booking_external_id: null, rating: 0, reviewed_at: NO_INSTANT },
  cells: (item, read) => ({
    customer_id: read.customer(item.customer),
    provider_id: read.provider(item.provider),
    booking_external_id: item.booking,
    rating: item.rating,
    reviewed_at: read.instant(item.created_at),
  }),
}

export const INTERACTIONS: ThingTable<IngestedInteraction> = {
  name: 'interactions',
  singular: 'interaction',
  alive: NOT_DELETED,
  required: ['customer', 'direction', 'at'],
  blank: { customer_id: null, provider_id: null, direction: 'inbound', at: NO_INSTANT, happened_on: NO_DAY },
  cells: (item, read) => ({
    customer_id: read.customer(item.customer),
    provider_id: read.provider(item.provider),
    direction: item.direction,
    at: read.instant(item.at),
    happened_on: read.dayOf(item.at),
  }),
}
