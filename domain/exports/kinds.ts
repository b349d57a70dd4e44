/** How a value stands in the file. */
export type CellType = 'text' | 'number' | 'day' | 'instant' | 'money' | 'yes_no'

export type ExportColumn = { name: ExportColumnName; type: CellType; sql: string }

/**
 * What can be exported: the columns, and where they come from, as `t`. Its rows are read in the order of one key, so that
 * no more than a page of them is held; where one key has several rows, those of one key come together.
 */
export type ExportKind = {
  columns: readonly ExportColumn[]
  from: string
  where: string
  /** The number by which rows are read on; of `by` the table in which each stands once. */
  key: string
  by: string
  /** Holds for what is a provider's; `?` is our id of the provider. */
  own: string
}

export const EXPORT_KINDS = [
  'customers',
  'bookings',
  'memberships',
  'payments',
  'rewards',
  'ledger',
  'tags',
  'consents',
  'suppressions',
  'members',
] as const
export type ExportKindName = (typeof EXPORT_KINDS)[number]

export const EXPORT_COLUMNS = [
  ...(['id', 'email', 'username', 'first_name', 'last_name', 'phone', 'birthdate', 'gender', 'language'] as const),
  ...(['country', 'customer_group', 'aggregator', 'joined_at', 'status', 'consent_email', 'consent_sms'] as const),
  ...(['consent_push', 'tags', 'customer', 'provider', 'provider_name', 'service', 'starts_at', 'minutes'] as const),
  ...(['price', 'state', 'created_at', 'type', 'valid_from', 'valid_to', 'cancelled_at', 'recurring'] as const),
  ...(['amount', 'paid_at', 'kind', 'percent', 'written_on', 'booking', 'rate', 'of_provider'] as const),
  ...(['of_customer', 'of_business', 'reverses', 'tag', 'since', 'channel', 'given', 'source', 'wording'] as const),
  ...(['reason', 'address', 'segment', 'by_hand'] as const),
] as const
export type ExportColumnName = (typeof EXPORT_COLUMNS)[number]

const column = (name: ExportColumnName, sql: string, type: CellType = 'text'): ExportColumn => ({ name, type, sql })

const consent = (channel: 'email' | 'sms' | 'push') =>
  column(
    `consent_${channel}`,
    `(SELECT n.given FROM consents n WHERE n.customer_id = t.id AND n.channel = '${channel}')`,
    'yes_no',
  )

/** Whose customers somebody is, by the relationships that refreshes keep. */
const ownCustomer = (customer: string) =>
  `EXISTS (SELECT 1 FROM relationships r WHERE r.customer_id = ${customer} AND r.provider_id = ?)`

const PARTIES = `JOIN customers c ON c.id = t.customer_id LEFT JOIN providers p ON p.id = t.provider_id`
const parties = [
  column('customer', 'c.external_id'),
  column('provider', 'p.external_id'),
  column('provider_name', 'p.name'),
]
const OF_PROVIDER = 't.provider_id = ?'

/** Facts lie in tables of one form. */
const fact = (table: string, columns: readonly ExportColumn[]): ExportKind => ({
  columns: [column('id', 't.external_id'), ...parties, ...columns],
  from: `${table} t ${PARTIES}`,
  where: 't.deleted = 0',
  key: 't.id',
  by: table,
  own: OF_PROVIDER,
})

/** What hangs on customers, read customer by customer. */
const ofCustomers = (table: string, columns: readonly ExportColumn[], more = ''): ExportKind => ({
  columns: [column('customer', 'c.external_id'), ...columns],
  from: `${table} t JOIN customers c ON c.id = t.customer_id ${more}`,
  where: 'c.known = 1',
  key: 't.customer_id',
  by: 'customers',
  own: ownCustomer('t.customer_id'),
})

const account = (name: 'provider' | 'customer' | 'business') =>
  column(
    `of_${name}`,
    `(SELECT l.amount FROM ledger_lines l WHERE l.entry_id = t.id AND l.account = '${name}')`,
    'money',
  )

export const EXPORTS: Readonly<Record<ExportKindName, ExportKind>> = {
  customers: {
    columns: [
      column('id', 't.external_id'),
      ...(['email', 'username', 'first_name', 'last_name', 'phone'] as const).map((name) => column(name, `t.${name}`)),
      column('birthdate', 't.birthdate', 'day'),
      ...(['gender', 'language', 'country', 'customer_group', 'aggregator'] as const).map((name) =>
        column(name, `t.${name}`),
      ),
      column('joined_at', 't.joined_at', 'instant'),
      column('status', 't.status'),
      consent('email'),
      consent('sms'),
      consent('push'),
    ],
    from: 'customers t',
    where: 't.known = 1',
    key: 't.id',
    by: 'customers',
    own: ownCustomer('t.id'),
  },
  bookings: fact('bookings', [
    column('service', 't.service'),
    column('starts_at', 't.starts_at', 'instant'),
    column('minutes', 't.minutes', 'number'),
    column('price', 't.price', 'money'),
    column('state', 't.state'),
    column('created_at', 't.booked_at', 'instant'),
  ]),
  memberships: fact('memberships', [
    column('type', 't.type'),
    column('valid_from', 't.valid_from', 'day'),
    column('valid_to', 't.valid_to', 'day'),
    column('cancelled_at', 't.cancelled_on', 'day'),
    column('recurring', 't.recurring', 'yes_no'),
  ]),
  payments: fact('payments', [column('amount', 't.amount', 'money'), column('paid_at', 't.paid_at', 'instant')]),
  rewards: {
    columns: [
      column('id', 't.id', 'number'),
      ...parties,
      column('kind', 't.kind'),
      column('amount', 't.amount', 'money'),
      column('percent', 't.percent', 'number'),
      column('minutes', 't.minutes', 'number'),
      column('valid_from', 't.valid_from', 'day'),
      column('valid_to', 't.valid_to', 'day'),
      column('state', 't.state'),
    ],
    from: `rewards t ${PARTIES}`,
    where: 'TRUE',
    key: 't.id',
    by: 'rewards',
    own: OF_PROVIDER,
  },
  ledger: {
    columns: [
      column('id', 't.id', 'number'),
      column('written_on', 't.booked_on', 'day'),
      column('kind', 't.kind'),
      ...parties,
      column('booking', 'b.external_id'),
      column('price', 't.price', 'money'),
      column('rate', 't.rate / 1000000', 'number'),
      account('provider'),
      account('customer'),
      account('business'),
      column('reverses', 't.reverses_id', 'number'),
    ],
    // whom a line is about, who may have gone into another customer since
    from: `ledger_entries t JOIN customers w ON w.id = t.customer_id JOIN customers c ON c.id = COALESCE(w.merged_into, w.id)
      LEFT JOIN providers p ON p.id = t.provider_id JOIN bookings b ON b.id = t.booking_id`,
    where: 'TRUE',
    key: 't.id',
    by: 'ledger_entries',
    own: OF_PROVIDER,
  },
  tags: ofCustomers('customer_tags', [column('tag', 't.tag'), column('since', 't.created_at', 'instant')]),
  consents: ofCustomers('consents', [
    column('channel', 't.channel'),
    column('given', 't.given', 'yes_no'),
    column('since', 't.at', 'instant'),
    column('source', 't.source'),
    column('wording', 't.wording'),
  ]),
  suppressions: {
    ...ofCustomers(
      'suppressions',
      [
        column('provider', 'p.external_id'),
        column('channel', 't.channel'),
        column('kind', 't.kind'),
        column('reason', 't.reason'),
        column('address', 't.address'),
        column('since', 't.created_at', 'instant'),
      ],
      'LEFT JOIN providers p ON p.id = t.provider_id',
    ),
    own: OF_PROVIDER,
  },
  members: {
    ...ofCustomers(
      'segment_members',
      [
        column('segment', 's.`key`'),
        column('provider', 'p.external_id'),
        column('since', 't.since', 'instant'),
        column('by_hand', 'o.is_in', 'yes_no'),
      ],
      `JOIN segments s ON s.id = t.segment_id LEFT JOIN providers p ON p.id = t.provider_id
       LEFT JOIN segment_overrides o ON o.segment_id = t.segment_id AND o.provider_id = t.provider_id
         AND o.customer_id = t.customer_id AND o.is_in = 1`,
    ),
    own: OF_PROVIDER,
  },
}
