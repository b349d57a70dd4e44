import { z } from 'zod'
import { instant, listOf, page } from './common.ts'
import { endpoint } from './endpoint.ts'
import { tagName } from './tags.ts'

export const importKind = z.enum(['customers', 'bookings', 'memberships', 'payments'])
export type ImportKind = z.infer<typeof importKind>

const OF_CUSTOMER = ['customer', 'customer_email'] as const
const OF_PROVIDER = ['provider', 'provider_name'] as const

/** What the columns of a file can be stored as; in one of customers also as attributes. */
export const IMPORT_FIELDS = {
  customers: [
    ...(['id', 'email', 'username', 'full_name', 'first_name', 'last_name', 'phone', 'birthdate', 'gender'] as const),
    ...(['language', 'country', 'customer_group', 'aggregator', 'joined_at'] as const),
    ...(['consent_email', 'consent_sms', 'consent_push', 'tags', 'updated_at'] as const),
  ],
  bookings: [
    ...(['id', ...OF_CUSTOMER, ...OF_PROVIDER, 'service', 'starts_at', 'start_time', 'minutes', 'price'] as const),
    ...(['state', 'created_at', 'updated_at'] as const),
  ],
  memberships: [
    ...(['id', ...OF_CUSTOMER, ...OF_PROVIDER, 'type', 'valid_from', 'valid_to', 'cancelled_at'] as const),
    ...(['recurring', 'updated_at'] as const),
  ],
  payments: ['id', ...OF_CUSTOMER, ...OF_PROVIDER, 'amount', 'paid_at', 'updated_at'],
} as const satisfies Record<ImportKind, readonly string[]>
export type ImportField = (typeof IMPORT_FIELDS)[ImportKind][number]

const encoding = z.enum(['utf-8', 'windows-1252', 'utf-16le', 'utf-16be', 'macintosh', 'iso-8859-15'])
const separator = z.enum([',', ';', '\t', '|'])
export const attributeType = z.enum(['text', 'number', 'yes_no', 'day'])

/** What a column is stored as: a field of the kind of thing, an attribute of the customer's, or nothing. */
const target = z
  .union([
    z.strictObject({ field: z.string().regex(/^[a-z_]{1,32}$/) }),
    z.strictObject({
      attribute: z
        .string()
        .trim()
        .min(1)
        .max(64)
        .refine((name) => name.isWellFormed() && !name.includes('\0'), 'Allowed is any Unicode text without NUL'),
      type: attributeType,
    }),
    z.null(),
  ])
  .meta({ id: 'ImportTarget' })
export type ImportTarget = z.infer<typeof target>

const reading = z.object({
  format: z.enum(['csv', 'xlsx']),
  encoding,
  separator,
  sheets: z.array(z.string()),
  sheet: z.string().nullable(),
  titles: z.boolean().meta({ description: 'The first row has the titles of the columns' }),
})

const choices = z.strictObject({
  dates: z.enum(['dmy', 'mdy']).meta({ description: 'Whether 03/04 is the 3rd of April or March 4th' }),
  decimal: z.enum([',', '.']).meta({ description: 'The sign before decimals, where a number alone does not tell' }),
  empty: z.enum(['keep', 'clear']).meta({ description: 'What an empty cell does to the value that is stored' }),
  unreadable: z
    .enum(['reject', 'leave_out'])
    .meta({ description: 'A row with a cell that can’t be read is refused, or stored without it' }),
  tags: z.array(tagName).max(20).meta({ description: 'Put on all customers of the file' }),
})

export const importState = z.enum(['uploading', 'ready', 'running', 'done', 'failed', 'cancelled'])

export const importFile = z
  .object({
    id: z.string(),
    kind: importKind,
    state: importState,
    name: z.string(),
    size: z.int().meta({ description: 'In bytes' }),
    part_bytes: z.int().meta({ description: 'How long each part of the file is but the last' }),
    reading: reading.nullable(),
    columns: z.array(z.string()),
    mapping: z.array(target),
    lacking: z.array(z.array(z.string())).meta({ description: 'Of each list one column is still needed' }),
    choices,
    historical: z.boolean(),
    total: z.int().meta({ description: 'Rows with something in them, without titles' }),
    done: z.int(),
    made: z.int().meta({ description: 'Things that were not there before' }),
    changed: z.int().meta({ description: 'Things that are otherwise than before' }),
    rejected: z.int().meta({ description: 'Rows that were refused' }),
    error: z.string().nullable(),
    created_by: z.string(),
    created_at: instant,
    started_at: instant.nullable(),
    finished_at: instant.nullable(),
    file_removed_at: instant.nullable().meta({ description: 'Since when the file and its rejected rows are not kept' }),
  })
  .meta({ id: 'Import' })
export type ImportFile = z.infer<typeof importFile>

const one = z.object({ id: z.string().regex(/^[1-9]\d{0,14}$/, 'Allowed is the id of an import') })
const language = z
  .enum(['en', 'de', 'fr', 'it'])
  .optional()
  .meta({ description: 'Of reasons; the business’s own without it' })

export const createImport = endpoint({
  method: 'post',
  path: '/imports',
  permission: 'facts.write',
  summary: 'Begin to upload a file (CSV or .xlsx); its parts follow',
  body: z.strictObject({
    kind: importKind,
    name: z
      .string()
      .trim()
      .min(1)
      .max(255)
      .refine((name) => name.isWellFormed() && !name.includes('\0'), 'Allowed is any Unicode text without NUL'),
    size: z.int().min(0).meta({ description: 'Of the whole file, in bytes' }),
  }),
  answer: importFile,
  status: 201,
})

export const keepImportPart = endpoint({
  method: 'put',
  path: '/imports/{id}/parts/{place}',
  permission: 'facts.write',
  audit: false,
  summary: 'A part of the file, base64; the same one again takes its place',
  params: one.extend({ place: z.string().regex(/^\d{1,3}$/, 'Allowed is a number from 0 on') }),
  maxBytes: 900_000,
  body: z.strictObject({ data: z.base64().max(800_000) }),
})

export const completeImport = endpoint({
  method: 'post',
  path: '/imports/{id}/complete',
  permission: 'facts.write',
  audit: false,
  summary: 'All parts are here: looks at the file and guesses what its columns are',
  params: one,
  answer: importFile,
})

export const listImports = endpoint({
  method: 'get',
  path: '/imports',
  permission: 'facts.write',
  summary: 'Imports, newest first',
  query: page,
  answer: listOf(importFile),
})

export const getImport = endpoint({
  method: 'get',
  path: '/imports/{id}',
  permission: 'facts.write',
  summary: 'An import, and how far it is',
  params: one,
  answer: importFile,
})

export const changeImport = endpoint({
  method: 'patch',
  path: '/imports/{id}',
  permission: 'facts.write',
  summary: 'Say how a file is understood that is not taken in yet',
  params: one,
  body: z.strictObject({
    reading: z
      .strictObject({
        encoding: encoding.optional(),
        separator: separator.optional(),
        sheet: z.string().max(255).optional(),
        titles: z.boolean().optional(),
      })
      .optional(),
    mapping: z.array(target).max(200).optional(),
    choices: choices.partial().optional(),
    historical: z
      .boolean()
      .optional()
      .meta({ description: 'True: what the file has is not news, and nobody is welcomed for it' }),
  }),
  answer: importFile,
})

const value = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()])
const reason = z.object({
  code: z.string(),
  column: z.int().nullable(),
  message: z.string(),
})
const rowSeen = z.object({
  number: z.int().meta({ description: 'As a spreadsheet counts' }),
  cells: z.array(z.string()),
  reasons: z.array(reason),
})
const previewRow = rowSeen.extend({
  values: z.record(z.string(), value).meta({ description: 'By field, as they will be stored' }),
  attributes: z.record(z.string(), value),
  refused: z.boolean(),
})
export type PreviewRow = z.infer<typeof previewRow>

export const previewImport = endpoint({
  method: 'get',
  path: '/imports/{id}/preview',
  refuses: [409],
  permission: 'facts.write',
  summary: 'The first rows as they will be stored, and what is wrong in the first 20,000',
  params: one,
  query: z.object({ language }),
  answer: z.object({
    rows: z.array(previewRow),
    checked: z.int(),
    refused: z.int(),
    incomplete: z.int().meta({ description: 'Rows that would be stored without a cell' }),
    repeated: z.int().meta({ description: 'Rows that name somebody whom an earlier row named' }),
    problems: z.array(previewRow).meta({ description: 'The first 100 with problems' }),
  }),
})

export const startImport = endpoint({
  method: 'post',
  path: '/imports/{id}/start',
  permission: 'facts.write',
  summary: 'Take the file in, from the first row, or after a cancellation or failure from where it ended',
  params: one,
  answer: importFile,
  status: 202,
})

export const cancelImport = endpoint({
  method: 'post',
  path: '/imports/{id}/cancel',
  permission: 'facts.write',
  summary: 'Stop taking a file in; what is stored stays',
  params: one,
  answer: importFile,
})

export const listImportProblems = endpoint({
  method: 'get',
  path: '/imports/{id}/problems',
  permission: 'facts.write',
  summary: 'Rows that were refused, or stored without a cell, with the reasons',
  params: one,
  query: page.extend({ language }),
  answer: listOf(rowSeen.extend({ stored: z.boolean() })),
})

export const exportRejected = endpoint({
  method: 'get',
  path: '/imports/{id}/rejected',
  permission: 'facts.write',
  summary: 'The refused rows as they stood in the file, with the reason as a column, as CSV (RFC 4180)',
  params: one,
  query: z.object({ language }),
  answer: z.string(),
  produces: 'text/csv',
})

export const removeImport = endpoint({
  method: 'delete',
  path: '/imports/{id}',
  permission: 'facts.write',
  summary: 'Remove the file and what is kept of its rows; that it was taken in stays known',
  params: one,
})
