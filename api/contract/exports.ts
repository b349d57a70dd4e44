import { z } from 'zod'
import type { Permission } from '../../rules/access/permissions.ts'
import { externalId } from './common.ts'
import { endpoint } from './endpoint.ts'

const query = z.object({
  provider: externalId.optional().meta({ description: 'Only what is with this provider' }),
  language: z
    .enum(['en', 'de', 'fr', 'it'])
    .optional()
    .meta({ description: 'Of the titles; the business’s own without it' }),
})

const exportOf = (kind: string, permission: Permission, what: string) =>
  endpoint({
    method: 'get',
    path: `/exports/${kind}`,
    permission,
    summary: `${what} as CSV (RFC 4180)`,
    query,
    answer: z.string(),
    produces: 'text/csv',
  })

/** Each with the permission that looking at the same asks for. */
export const EXPORT_ENDPOINTS = {
  customers: exportOf('customers', 'customers.read', 'All customers with profile, consents, tags and attributes'),
  bookings: exportOf('bookings', 'customers.read', 'All bookings'),
  memberships: exportOf('memberships', 'customers.read', 'All memberships'),
  payments: exportOf('payments', 'customers.read', 'All payments'),
  rewards: exportOf('rewards', 'rewards.read', 'All rewards'),
  ledger: exportOf('ledger', 'ledger.read', 'All entries of the ledger, with what each account gets'),
  tags: exportOf('tags', 'customers.read', 'All tags of all customers'),
  consents: exportOf('consents', 'customers.read', 'What customers have said about being written to'),
  suppressions: exportOf('suppressions', 'suppressions.read', 'Who is not written to, by whom and why'),
  members: exportOf('members', 'segments.read', 'All members of all segments'),
} as const
export type ExportName = keyof typeof EXPORT_ENDPOINTS

export const exportPerson = endpoint({
  method: 'get',
  path: '/exports/customers/{customer}',
  permission: 'privacy.read',
  summary: 'Everything that is kept about one customer: a ZIP of JSON and of tables as CSV',
  params: z.object({ customer: externalId }),
  query: query.pick({ language: true }),
  answer: z.string(),
  produces: 'application/zip',
})
