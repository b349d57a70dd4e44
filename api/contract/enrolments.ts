import { z } from 'zod'
import { automationId, automationNumbers } from './automations.ts'
import { channel, day, externalId, instant, listOf, page, printable, segmentId } from './common.ts'
import { customerSearch } from './customers.ts'
import { endpoint } from './endpoint.ts'

const one = z.object({ id: automationId })
const stepId = printable(64).min(1)
const enrolmentId = z.string().regex(/^[1-9]\d{0,14}$/, 'Allowed is the id of an enrolment')

/** How somebody's way through an automation stands. */
export const enrolmentState = z.enum(['active', 'failed', 'finished', 'goal', 'exited', 'stopped', 'held_out'])

const named = z.object({ id: z.string(), name: z.string() })

export const enrolment = z
  .object({
    id: enrolmentId,
    automation: named,
    version: z.int(),
    customer: z.object({ id: externalId, name: z.string() }),
    provider: z.object({ id: externalId, name: z.string() }).nullable(),
    state: enrolmentState,
    step: stepId.nullable().meta({ description: 'Where they stand; where they stood last when they have left' }),
    step_since: instant.nullable(),
    held: z.boolean().meta({ description: 'Their message waits for quiet hours or a cap' }),
    due_at: instant.nullable().meta({ description: 'When a wait ends by itself' }),
    cause: z
      .string()
      .meta({ description: 'Why they entered: event, time, by_hand, or what somebody started them for' }),
    entered_at: instant,
    ended_at: instant.nullable(),
    reason: z.string().nullable().meta({ description: 'Why they left, or what failed' }),
    run_url: z
      .string()
      .nullable()
      .meta({ description: 'The workflow that carries them, in Temporal’s own pages; see TEMPORAL_UI_URL' }),
  })
  .meta({ id: 'Enrolment' })
export type Enrolment = z.infer<typeof enrolment>

export const listEnrolments = endpoint({
  method: 'get',
  path: '/automations/{id}/enrolments',
  permission: 'automations.read',
  summary: 'Who is or was inside, last entered first',
  params: one,
  query: page.extend({
    state: enrolmentState.optional(),
    step: stepId.optional(),
    version: z.coerce.number().int().min(1).optional(),
    held: z.stringbool({ truthy: ['true'], falsy: ['false'] }).optional(),
    reason: z.string().max(500).optional().meta({ description: 'Only those who left, or failed, for this reason' }),
    passed: z
      .stringbool({ truthy: ['true'], falsy: ['false'] })
      .optional()
      .meta({ description: 'With `step`: those who have passed it, in place of those who stand there' }),
    outcome: printable(64)
      .optional()
      .meta({ description: 'With `step` and `passed`: only those for whom this came of it, as `outcomes` names it' }),
    left: z
      .stringbool({ truthy: ['true'], falsy: ['false'] })
      .optional()
      .meta({ description: 'Only those who left before the end; with `step` those who stood there' }),
    customer: externalId.optional(),
    provider: externalId.optional(),
  }),
  answer: listOf(enrolment),
})

export const automationSteps = z
  .object({
    version: z.int(),
    as_of: instant,
    ...automationNumbers.shape,
    steps: z.array(
      z.object({
        step: stepId,
        inside: z.int(),
        held: z.int().meta({ description: 'Of those inside, whose message waits for quiet hours or a cap' }),
        passed: z.object({ last_7_days: z.int(), last_30_days: z.int(), all: z.int() }),
        failed: z.int(),
        failures: z
          .array(z.object({ reason: z.string(), count: z.int() }))
          .meta({ description: 'The commonest reasons, at most five' }),
        next_release: instant.nullable().meta({ description: 'When the first of those who wait goes on by itself' }),
        releases: z
          .array(z.object({ at: instant, count: z.int() }))
          .meta({ description: 'How many go on by themselves in each of the coming hours, at most 24 of them' }),
        release_days: z
          .array(z.object({ day, count: z.int() }))
          .meta({ description: 'The same by the business’s days, at most the coming 14' }),
        released_later: z.int().meta({ description: 'Who go on by themselves after these days' }),
        outcomes: z
          .record(z.string(), z.int())
          .meta({ description: 'Of those who passed, how many went which way, or what came of the step' }),
      }),
    ),
    ends: z
      .array(z.object({ state: enrolmentState, reason: z.string(), step: stepId.nullable(), count: z.int() }))
      .meta({ description: 'Everybody who is out, by why' }),
  })
  .meta({ id: 'AutomationSteps' })
export type AutomationSteps = z.infer<typeof automationSteps>

export const getAutomationSteps = endpoint({
  method: 'get',
  path: '/automations/{id}/steps',
  permission: 'automations.read',
  summary: 'Who is at each step now, who passed it, who failed there and why',
  params: one,
  query: z.object({
    version: z.coerce.number().int().min(1).optional().meta({ description: 'The newest one when left out' }),
    provider: externalId.optional(),
  }),
  answer: automationSteps,
})

export const enrolCustomers = endpoint({
  method: 'post',
  path: '/automations/{id}/enrol',
  permission: 'automations.write',
  summary: 'Let customers enter: named ones, those of a segment or of a search; with `dry_run` only the numbers',
  once: true,
  params: one,
  maxBytes: 8_388_608,
  body: z
    .strictObject({
      customers: z.array(externalId).min(1).max(100_000).optional(),
      segment: segmentId.optional().meta({ description: 'All its members now' }),
      search: customerSearch.optional().meta({ description: 'At most 100,000 whom a search finds' }),
      trigger: z
        .literal(true)
        .optional()
        .meta({ description: 'Those whom its trigger would have caught already: the members of its segment' }),
      provider: externalId.optional(),
      spread_minutes: z
        .int()
        .min(0)
        .max(20_160)
        .optional()
        .meta({ description: 'They enter evenly over this time; at once when left out' }),
      dry_run: z.boolean().default(false),
    })
    .refine(
      ({ customers, segment, search, trigger }) =>
        [customers, segment, search, trigger].filter((who) => who !== undefined).length === 1,
      { error: 'Has to say who: one of “customers”, “segment”, “search” and “trigger”' },
    ),
  answer: z.object({
    requested: z.int(),
    enrolled: z.int().meta({ description: 'Who entered, or with `dry_run` would' }),
    left_out: z.array(z.object({ reason: z.string(), count: z.int() })),
  }),
})

/** Which of those who stand at a step that failed. */
const failedOnes = z.strictObject({
  step: stepId.optional(),
  version: z.int().min(1).optional(),
  enrolments: z.array(enrolmentId).min(1).max(1_000).optional(),
  reason: z.string().max(500).optional().meta({ description: 'Only those who failed for this reason' }),
})

export const retryEnrolments = endpoint({
  method: 'post',
  path: '/automations/{id}/retry',
  permission: 'automations.write',
  summary: 'Try a failed step again, for one or for all who stand there',
  params: one,
  body: failedOnes,
  answer: z.object({ retried: z.int() }),
})

export const skipEnrolments = endpoint({
  method: 'post',
  path: '/automations/{id}/skip',
  permission: 'automations.write',
  summary: 'Go on after a failed step without it, for one or for all who stand there',
  params: one,
  body: failedOnes,
  answer: z.object({ skipped: z.int() }),
})

export const removeEnrolments = endpoint({
  method: 'post',
  path: '/automations/{id}/exit',
  permission: 'automations.write',
  summary: 'Take people out of an automation by hand',
  params: one,
  body: z.strictObject({ enrolments: z.array(enrolmentId).min(1).max(1_000) }),
  answer: z.object({ exited: z.int() }),
})

/** One thing that happened on somebody's way. */
export const enrolmentStep = z
  .object({
    step: stepId,
    entered_at: instant,
    left_at: instant.nullable(),
    outcome: z.string().nullable().meta({ description: 'Which way they went, or what came of the step' }),
    error: z.string().nullable(),
    delivery: z.string().nullable().meta({ description: 'The message that it sent' }),
    channel: channel.nullable(),
  })
  .meta({ id: 'EnrolmentStep' })
export type EnrolmentStep = z.infer<typeof enrolmentStep>

export const listCustomerEnrolments = endpoint({
  method: 'get',
  path: '/customers/{id}/enrolments',
  permission: 'automations.read',
  summary: 'A customer’s ways through automations, newest first, with every step',
  params: z.object({ id: externalId }),
  query: page,
  answer: listOf(enrolment.extend({ steps: z.array(enrolmentStep) })),
})
