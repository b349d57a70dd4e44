import { z } from 'zod'
import { DEFAULT_PERIODS, RETENTION, RETENTION_KINDS, type RetentionKind } from '../../rules/retention/kinds.ts'
import { day, externalId, instant, listOf, page } from './common.ts'
import { endpoint } from './endpoint.ts'

const SAYS: Record<RetentionKind, string> = {
  customers: 'Customers of whom nothing was heard for so long are erased',
  messages: 'Messages lose their addresses, and what servers said about them',
  tracking: 'Single opens and clicks go; counts stay',
  audit: 'Lines of the audit trail go',
  imports: 'Imported files and their refused rows go',
  webhooks: 'Events for webhooks go, with their calls and tries',
}

function amount(kind: RetentionKind) {
  const { unit, min, max, endless } = RETENTION[kind]
  const whole = z.int().min(min).max(max)
  const description = `${SAYS[kind]}; in ${unit}, at first ${DEFAULT_PERIODS[kind] ?? 'never'}`
  return { whole, endless, description }
}

/** Bounds and words of each kind come from the table; those that end always can't be null. */
const periods = z.strictObject({
  customers: amount('customers')
    .whole.nullable()
    .meta({ description: amount('customers').description }),
  messages: amount('messages')
    .whole.nullable()
    .meta({ description: amount('messages').description }),
  tracking: amount('tracking')
    .whole.nullable()
    .meta({ description: amount('tracking').description }),
  audit: amount('audit')
    .whole.nullable()
    .meta({ description: amount('audit').description }),
  imports: amount('imports')
    .whole.nullable()
    .meta({ description: amount('imports').description }),
  webhooks: amount('webhooks').whole.meta({ description: amount('webhooks').description }),
})

const retention = z
  .object({
    periods,
    next_at: instant.meta({
      description: 'When what is past its period is removed next: each night at 3, in the business’s time zone',
    }),
  })
  .meta({ id: 'Retention' })
export type Retention = z.infer<typeof retention>

const count = z.int().min(0)
const preview = z
  .object({
    at: instant.meta({ description: 'The next night, or now' }),
    items: z.array(
      z.object({
        kind: z.enum(RETENTION_KINDS as [RetentionKind, ...RetentionKind[]]),
        before: day.meta({ description: 'What happened before this day goes' }),
        count,
        more: z.boolean().meta({ description: 'There are more than were counted' }),
        customers: z
          .object({
            a_night: count.meta({ description: 'At most so many are erased in one night' }),
            held: z.object({ reward: count, ledger: count, delivery: count }).meta({
              description:
                'Their period is over, and they stay: a reward, a month of the ledger, or a message is still open',
            }),
            examples: z.array(z.object({ id: externalId, name: z.string() })),
          })
          .nullable(),
      }),
    ),
  })
  .meta({ id: 'RetentionPreview' })
export type RetentionPreview = z.infer<typeof preview>

const run = z
  .object({
    id: z.string(),
    asked_by: z.string().nullable().meta({ description: 'Null: the clock' }),
    state: z.enum(['running', 'done']),
    started_at: instant,
    finished_at: instant.nullable(),
    parts: z.array(
      z.object({
        kind: z.string(),
        before: day,
        state: z.enum(['waiting', 'done', 'failed']),
        removed: count,
        held: count.meta({ description: 'Their period is over, and they stay because something is still open' }),
        error: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'RetentionRun' })
export type RetentionRun = z.infer<typeof run>

export const getRetention = endpoint({
  method: 'get',
  path: '/retention',
  permission: 'privacy.read',
  summary: 'For how long what is kept; null is for ever',
  answer: retention,
})

export const putRetention = endpoint({
  method: 'put',
  path: '/retention',
  permission: 'privacy.write',
  summary: 'Say for how long something is kept; what is left out stays. Nothing goes before the next night',
  body: periods.partial(),
  answer: retention,
})

export const previewRetention = endpoint({
  method: 'post',
  path: '/retention/preview',
  permission: 'privacy.read',
  summary: 'What the next night, or a run now, would remove if these periods were saved; removes nothing',
  query: z.object({ at: z.enum(['night', 'now']).default('night') }),
  body: periods.partial(),
  answer: preview,
})

export const listRetentionRuns = endpoint({
  method: 'get',
  path: '/retention/runs',
  permission: 'privacy.read',
  summary: 'What was removed in which night, newest first',
  query: page,
  answer: listOf(run),
})

export const startRetentionRun = endpoint({
  method: 'post',
  path: '/retention/runs',
  permission: 'privacy.write',
  summary: 'Remove now what the next night would',
  answer: run,
  status: 202,
  refuses: [409],
})
