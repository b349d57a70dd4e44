import { z } from 'zod'
import { channel, countedListOf, instant, page } from './common.ts'
import { endpoint } from './endpoint.ts'

const summary = z.object({
  id: z.string(),
  channel,
  received_at: instant,
  from: z.string(),
  to: z.string(),
  subject: z.string(),
  read: z.boolean(),
  size: z.int(),
})
const one = z.object({ id: z.string().regex(/^\d{1,18}$/) })

export const listInbox = endpoint({
  method: 'get',
  path: '/inbox',
  permission: 'inbox.read',
  summary: 'Mails that the local inbox received, newest first',
  query: page.extend({ text: z.string().max(200).optional() }),
  answer: countedListOf(summary),
})
export const getInboxMail = endpoint({
  method: 'get',
  path: '/inbox/{id}',
  permission: 'inbox.read',
  summary: 'One mail: HTML, text, headers and source',
  params: one,
  answer: summary.extend({
    html: z.string().nullable(),
    text: z.string().nullable(),
    headers: z.array(z.object({ name: z.string(), value: z.string() })),
    source: z.string(),
  }),
})
export const emptyInbox = endpoint({
  method: 'delete',
  path: '/inbox',
  permission: 'inbox.write',
  summary: 'Remove all mails of the local inbox',
})
