import { z } from 'zod'
import { day, instant, listOf, page, printable } from './common.ts'
import { endpoint } from './endpoint.ts'

const filter = {
  actor: z
    .string()
    .regex(/^(user|key|nobody):\d{1,15}$/, 'Allowed are user:ID and key:ID')
    .optional()
    .meta({ description: 'Who did it: `user:12`, `key:3`' }),
  entity: printable(40).optional().meta({ description: 'A kind of thing: segments, users, settings, …' }),
  id: z.string().max(250).optional().meta({ description: 'Which of them' }),
  from: day.optional(),
  to: day.optional(),
  text: z.string().max(200).optional().meta({ description: 'In names, ids, addresses and what was changed' }),
  done: z.enum(['true', 'false']).optional().meta({ description: '`true`: only what took effect' }),
}

export const auditLine = z
  .object({
    id: z.string(),
    at: instant,
    actor: z.object({ kind: z.enum(['user', 'key', 'nobody']), id: z.string(), name: z.string() }),
    address: z.string(),
    permission: z.string(),
    method: z.string(),
    route: z.string(),
    status: z.int(),
    entity: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
    before: z.unknown().nullable().meta({ description: 'What it was; null where nobody edits anything by the call' }),
    after: z.unknown().nullable(),
  })
  .meta({ id: 'AuditLine' })
export type AuditLine = z.infer<typeof auditLine>

export const listAudit = endpoint({
  method: 'get',
  path: '/audit',
  permission: 'audit.read',
  summary: 'Who changed what, from where, with before and after; newest first',
  query: page.extend(filter),
  answer: listOf(auditLine),
})

export const exportAudit = endpoint({
  method: 'get',
  path: '/audit/export',
  permission: 'audit.read',
  summary: 'The audit trail that matches as CSV (RFC 4180), newest first',
  query: z.object(filter),
  answer: z.string(),
  produces: 'text/csv',
})
