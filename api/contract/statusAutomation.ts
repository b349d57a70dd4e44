import { z } from 'zod'
import { externalId, instant, listOf, page, status } from './common.ts'
import { endpoint } from './endpoint.ts'
import { rule } from './segments.ts'

export const statusRule = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,64}$/, 'Allowed are 1 to 64 of a-z 0-9 -'),
  enabled: z.boolean(),
  from: status,
  to: status,
  rule: rule.meta({
    description: 'In scope business. It may not ask for the status, nor for a segment that does',
  }),
})

const statusRules = z.strictObject({
  enabled: z.boolean().meta({ description: 'Whether rules make customers of leads: false switches all of those off' }),
  rules: z.array(statusRule).max(20),
})

export type StatusRule = z.infer<typeof statusRule>

export const statusCounts = z.object({ lead: z.int(), customer: z.int(), vip: z.int() })

export const statusAutomation = statusRules.extend({
  version: z.int(),
  updated_at: instant,
  updated_by: z.string().nullable(),
  computing: z
    .object({ done: z.int(), total: z.int() })
    .nullable()
    .meta({ description: 'How far the newest version has come in deciding about everybody; null when it has' }),
  customers: statusCounts.meta({ description: 'How many have each status now' }),
  by_hand: statusCounts.meta({ description: 'How many of them by hand' }),
})
export type StatusAutomation = z.infer<typeof statusAutomation>

export const getStatusAutomation = endpoint({
  method: 'get',
  path: '/status-automation',
  refuses: [404],
  permission: 'statuses.read',
  summary: 'The rules by which customers come to their status',
  answer: statusAutomation,
})

export const statusVersion = statusRules
  .extend({
    version: z.int(),
    anew: z.boolean().meta({ description: 'Whether everybody was decided about from the beginning' }),
    created_at: instant,
    created_by: z.string().nullable().meta({ description: 'Null for the rules that ship with the product' }),
  })
  .meta({ id: 'StatusVersion' })
export type StatusVersion = z.infer<typeof statusVersion>

export const listStatusVersions = endpoint({
  method: 'get',
  path: '/status-automation/versions',
  permission: 'statuses.read',
  summary: 'The rules as they were saved, newest first; to take one up again, save its rules',
  query: page,
  answer: listOf(statusVersion),
})

const anew = z
  .boolean()
  .default(false)
  .meta({
    description:
      'Decide about everybody from the beginning: who is customer or VIP by a rule that is no longer there goes back. ' +
      'Without it nobody goes back but by a rule that says so',
  })

export const putStatusAutomation = endpoint({
  method: 'put',
  path: '/status-automation',
  permission: 'statuses.write',
  summary: 'Save other rules; everybody is then decided about by them, which is no news to automations',
  body: statusRules.extend({
    anew,
    version: z
      .int()
      .optional()
      .meta({ description: 'The version that was changed: 409 when somebody has saved another one since' }),
  }),
  answer: statusAutomation,
})

const movement = z.object({ from: status, to: status, customers: z.int() })

export const statusPreview = z.object({
  as_of: instant,
  changes: z.array(movement).meta({ description: 'Who would change' }),
  anew: z.array(movement).meta({ description: 'Who would change if everybody were decided about anew' }),
  rules: z.array(
    z.object({
      id: z.string(),
      matches: z.int().meta({ description: 'For how many customers it holds, switched on or not' }),
      alone: z
        .int()
        .meta({ description: 'For how many of them no other rule holds that leads away from the same status' }),
    }),
  ),
})

export type StatusPreview = z.infer<typeof statusPreview>

export const previewStatusAutomation = endpoint({
  method: 'post',
  path: '/status-automation/preview',
  permission: 'statuses.read',
  summary: 'Who would change if these rules were saved; changes nothing',
  body: statusRules,
  answer: statusPreview,
})

export const listStatusMovers = endpoint({
  method: 'post',
  path: '/status-automation/customers',
  permission: 'statuses.read',
  summary: 'The customers whom a preview counts',
  body: statusRules.extend({
    anew,
    from: status,
    to: status,
    limit: z.int().min(1).max(500).default(50),
    cursor: z.string().max(100).optional(),
  }),
  answer: listOf(z.object({ id: externalId, name: z.string() })),
})

export const undoStatusAct = endpoint({
  method: 'delete',
  path: '/status-acts/{id}',
  permission: 'customers.write',
  summary:
    'Take back an act of setting statuses by hand: who was set by hand before is so again, the others follow the rules',
  params: z.object({ id: z.string().regex(/^\d{1,15}$/) }),
  answer: z.object({ customers: z.int().meta({ description: 'For how many something changed' }) }),
})
