import { z } from 'zod'
import { countedListOf, externalId, instant, listOf, page, segmentId, status } from './common.ts'
import { customerFilter, customerFilterQuery, customerSearch, customerSummary } from './customers.ts'
import { endpoint } from './endpoint.ts'

const tagName = z.string().max(100)

/** By what a list of customers is sorted. */
export const customerSort = z
  .enum(['name', 'email', 'status', 'customer_group', 'aggregator', 'language', 'newest', 'bookings', 'last_booking'])
  .meta({ description: 'newest: by the day on which they joined' })
export type CustomerSort = z.infer<typeof customerSort>

export const direction = z.enum(['ascending', 'descending']).meta({
  description:
    'Without it the natural one: texts ascend; those who joined last, have most bookings, or came last, come first',
})

const sorting = { sort: customerSort.default('name'), direction: direction.optional() }

/** Who is looked for, as query parameters. */
const searchQuery = customerFilterQuery.extend({
  segment: z.string().max(64).optional(),
  provider: externalId.optional(),
})

export const listedCustomer = customerSummary
  .extend({
    phone: z.string().nullable(),
    language: z.string().nullable(),
    joined_at: instant.nullable(),
    last_booking_at: instant.nullable(),
  })
  .meta({ id: 'ListedCustomer' })
export type ListedCustomer = z.infer<typeof listedCustomer>

export const listCustomers = endpoint({
  method: 'get',
  path: '/customers',
  permission: 'customers.read',
  summary: 'Customers, filtered and sorted, with their number',
  query: page.extend(searchQuery.shape).extend(sorting),
  answer: countedListOf(listedCustomer),
})

export const searchCustomers = endpoint({
  method: 'post',
  path: '/customers/search',
  permission: 'customers.read',
  summary: 'Customers, filtered and sorted, with their number',
  body: page.extend({
    segment: segmentId.optional(),
    provider: externalId.optional(),
    status: z.array(status).max(10).optional(),
    tag: z.array(tagName).max(100).optional(),
    filter: customerFilter.optional(),
    ...sorting,
  }),
  answer: countedListOf(listedCustomer),
})

/** What the list can be narrowed by, choice by choice. */
export const customerFacet = z.enum([
  'status',
  'tag',
  'segment',
  'customer_group',
  'aggregator',
  'gender',
  'bookings',
  'language',
  'reachable',
])
export type CustomerFacet = z.infer<typeof customerFacet>

export const getCustomerFacet = endpoint({
  method: 'get',
  path: '/customer-facets',
  permission: 'customers.read',
  summary: 'What one filter can be set to, commonest first, each with how many customers it leaves, given the others',
  query: searchQuery.extend({ facet: customerFacet }),
  answer: listOf(
    z.object({
      value: z.string().nullable().meta({
        description:
          'Null: not given. Bookings as a range: 0, 2-4, 50-. Reachable: a channel, or one that is not open as -email',
      }),
      count: z.int(),
    }),
  ),
})

/** What the columns of the list can be, and those of its file. The name is always among them. */
export const CUSTOMER_COLUMNS = [
  'email',
  'phone',
  'status',
  'tags',
  'customer_group',
  'aggregator',
  'gender',
  'language',
  'bookings',
  'last_booking',
  'joined',
] as const
export const customerColumn = z.enum(CUSTOMER_COLUMNS)
export type CustomerColumn = z.infer<typeof customerColumn>

/** What somebody looks at: who, in which order, with which columns. */
export const viewDefinition = z.strictObject({
  search: customerSearch.default({}),
  sort: customerSort.default('name'),
  direction: direction.optional(),
  columns: z.array(customerColumn).max(CUSTOMER_COLUMNS.length).default([]),
})
export type ViewDefinition = z.infer<typeof viewDefinition>

const viewName = z.string().trim().min(1, 'Has to have a name').max(100)

const customerView = z
  .object({
    id: z.string(),
    name: z.string(),
    shared: z.boolean().meta({ description: 'Seen by everybody but providers' }),
    own: z.boolean(),
    owner: z.string().meta({ description: 'Whose it is, by address' }),
    may_change: z.boolean(),
    definition: viewDefinition,
    revision: z.int(),
  })
  .meta({ id: 'CustomerView' })
export type CustomerView = z.infer<typeof customerView>

const oneView = z.object({ id: z.string().regex(/^\d{1,15}$/) })
const viewBody = z.strictObject({ name: viewName, shared: z.boolean().default(false), definition: viewDefinition })

export const listCustomerViews = endpoint({
  method: 'get',
  path: '/customer-views',
  permission: 'customers.read',
  summary: 'The views of the list of customers that one has saved, and those that others share, by name',
  answer: listOf(customerView),
})

export const createCustomerView = endpoint({
  method: 'post',
  path: '/customer-views',
  permission: 'views.keep',
  summary: 'Save a view of the list of customers, for oneself or for all',
  body: viewBody,
  answer: customerView,
  status: 201,
})

export const changeCustomerView = endpoint({
  method: 'put',
  path: '/customer-views/{id}',
  permission: 'views.keep',
  summary: 'Change a view: one’s own, or a shared one of somebody else',
  params: oneView,
  body: viewBody.extend({ revision: z.int().min(1).meta({ description: 'The one that was seen' }) }),
  answer: customerView,
})

export const deleteCustomerView = endpoint({
  method: 'delete',
  path: '/customer-views/{id}',
  permission: 'views.keep',
  summary: 'Delete a view',
  params: oneView,
})

export const exportCustomers = endpoint({
  method: 'post',
  path: '/customers/export',
  permission: 'customers.export',
  summary: 'Customers as CSV (RFC 4180), those named or all whom a search finds',
  maxBytes: 8_388_608,
  body: z
    .strictObject({
      customers: z.array(externalId).min(1).max(100_000).optional(),
      search: customerSearch.optional(),
      columns: z
        .array(z.enum([...CUSTOMER_COLUMNS]))
        .max(20)
        .optional()
        .meta({ description: 'Beside id and name; without it the columns of the list' }),
      language: z
        .enum(['en', 'de', 'fr', 'it'])
        .optional()
        .meta({ description: 'Of headings and statuses; the business’s own without it' }),
      bom: z
        .boolean()
        .default(false)
        .meta({ description: 'Begins with a byte order mark, by which spreadsheets know UTF-8' }),
    })
    .refine(({ customers, search }) => (customers === undefined) !== (search === undefined), {
      error: 'Has to name customers, or a search: one of them',
    }),
  answer: z.string(),
  produces: 'text/csv',
})
