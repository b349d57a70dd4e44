/**
 * What of each table is remembered when a row changes: the columns of its history table beside `known_from` and
 * `known_to`, and since when a row `x` has been known as it is.
 *
 * A row that never changed has no `known_from`. It counts as known since it arrived or, where that is earlier, since it
 * happened: a history of ten years that is loaded today was known all along.
 */
export type RememberedTable = keyof typeof REMEMBERED

type Remembered = {
  readonly columns: readonly string[]
  /** SQL over `x`, an instant; NULL for a customer or provider who has not changed since we know them at all. */
  readonly since: string
}

const since = (...own: string[]) => `COALESCE(x.known_from, LEAST(x.created_at, ${own.join(', ')}))`

export const REMEMBERED = {
  customers: {
    columns: [
      'email',
      'phone',
      'birthdate',
      'gender',
      'language',
      'country',
      'customer_group',
      'aggregator',
      'joined_at',
      'joined_on',
      'attributes',
      'status',
    ],
    since: 'x.known_from',
  },
  providers: { columns: [], since: 'x.known_from' },
  bookings: {
    columns: ['id', 'customer_id', 'provider_id', 'service', 'starts_at', 'starts_on', 'state'],
    since: since('COALESCE(x.booked_at, x.created_at)', 'x.starts_at'),
  },
  memberships: {
    columns: ['id', 'customer_id', 'provider_id', 'type', 'valid_from', 'valid_to', 'cancelled_on'],
    // a day before: in every time zone its first instant comes after that
    since: since('DATE_SUB(CAST(x.valid_from AS DATETIME(3)), INTERVAL 1 DAY)'),
  },
  payments: {
    columns: ['id', 'customer_id', 'provider_id', 'amount', 'paid_at', 'paid_on'],
    since: since('x.paid_at'),
  },
  reviews: { columns: ['id', 'customer_id', 'provider_id', 'rating', 'reviewed_at'], since: since('x.reviewed_at') },
  interactions: {
    columns: ['id', 'customer_id', 'provider_id', 'direction', 'at', 'happened_on'],
    since: since('x.at'),
  },
  customer_tags: { columns: ['customer_id', 'tag'], since: 'x.created_at' },
  consents: { columns: ['customer_id', 'channel', 'given'], since: 'x.at' },
  favourites: { columns: ['customer_id', 'provider_id'], since: 'x.created_at' },
  suppressions: {
    columns: ['customer_id', 'provider_id', 'channel', 'kind', 'reason', 'address'],
    since: 'x.created_at',
  },
  segment_overrides: { columns: ['customer_id', 'segment_id', 'provider_id', 'is_in'], since: 'x.decided_at' },
} as const satisfies Record<string, Remembered>

/** What is between a customer and a provider: any of it makes somebody the provider's own customer. */
export const BETWEEN = [
  'bookings',
  'memberships',
  'payments',
  'reviews',
  'interactions',
  'favourites',
  'rewards',
] as const
