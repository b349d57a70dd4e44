import { z } from 'zod'
import { automationId, definition } from './automations.ts'
import { day, externalId, instant, listOf, money, page, printable } from './common.ts'
import { endpoint } from './endpoint.ts'

/** What an automation would do, before it does it. */

export const automationPreview = z
  .object({
    enters_now: z.int().nullable().meta({
      description: 'Who could enter at once if told to: members of its segment; null where there is no such thing',
    }),
    inside_now: z.int().meta({ description: 'Of the automation itself, if there is one' }),
    usual_day: z
      .object({ customers: z.number(), days: z.int().meta({ description: 'Of how many past days it is the mean' }) })
      .nullable()
      .meta({ description: 'How many enter on a usual day; null where the past does not say' }),
    first_messages_at: instant
      .nullable()
      .meta({ description: 'When the first message could go if somebody entered now; null when none is sent' }),
    messages_each: z.object({ least: z.int(), most: z.int() }).meta({ description: 'How many one customer gets' }),
    liability_each: money
      .nullable()
      .meta({ description: 'What its rewards can cost at most for one customer; null where nothing says it' }),
    others: z
      .array(z.object({ id: z.string(), name: z.string(), customers: z.int().nullable() }))
      .meta({ description: 'Other automations that write to the same people, with how many of those who enter now' }),
  })
  .meta({ id: 'AutomationPreview' })

export const previewAutomation = endpoint({
  method: 'post',
  path: '/automations/preview',
  permission: 'automations.try',
  summary: 'What switching it on would mean: who enters now if told to, how many on a usual day, first messages when',
  body: z.strictObject({ definition, id: automationId.optional(), provider: externalId.optional() }),
  answer: automationPreview,
})

const state = z.enum(['running', 'done', 'failed', 'cancelled'])

export const dryRun = z
  .object({
    id: z.string(),
    state,
    progress: z.number().min(0).max(1),
    from: day,
    to: day,
    as_of: instant,
    entered: z.int().meta({ description: 'Who would have entered; somebody may enter several times' }),
    customers: z.int().meta({ description: 'How many different ones' }),
    inside: z.int().meta({ description: 'Who would still be on their way now' }),
    messages: z.int(),
    not_sent: z.int().meta({ description: 'To customers who could not be written to then' }),
    rewards: z.int(),
    cost_at_most: money.nullable().meta({ description: 'Of the rewards, if each is used to the full' }),
    days: z.array(z.object({ day, entered: z.int(), messages: z.int(), rewards: z.int() })),
    steps: z.array(
      z.object({ step: z.string(), arrived: z.int(), inside: z.int(), ways: z.record(z.string(), z.int()) }),
    ),
    ends: z.array(z.object({ reason: z.string(), count: z.int() })),
    not_replayed: z.array(z.string()).meta({
      description: 'Kinds of happenings of which the past holds nothing, so that they did not happen in the replay',
    }),
    error: z.string().nullable(),
  })
  .meta({ id: 'DryRun' })
export type DryRun = z.infer<typeof dryRun>

const one = z.object({ id: z.string().regex(/^[1-9]\d{0,14}$/, 'Allowed is the id of a dry run') })

export const startDryRun = endpoint({
  method: 'post',
  path: '/automations/dry-run',
  permission: 'automations.try',
  summary: 'Replay a definition over the last days: who would have entered, what each would have got and when',
  body: z.strictObject({
    definition,
    id: automationId.optional().meta({ description: 'The automation that it is of' }),
    provider: externalId.optional(),
    days: z.int().min(1).max(90).default(90),
  }),
  answer: dryRun,
  status: 201,
})

export const getDryRun = endpoint({
  method: 'get',
  path: '/dry-runs/{id}',
  permission: 'automations.try',
  summary: 'A replay as far as it has come',
  params: one,
  answer: dryRun,
})

export const cancelDryRun = endpoint({
  method: 'delete',
  path: '/dry-runs/{id}',
  permission: 'automations.try',
  summary: 'Cancel a replay that is running',
  params: one,
})

/** Something that happens to somebody on their way through a definition. */
export const walked = z
  .object({
    at: instant,
    step: z.string().nullable().meta({ description: 'Null for entering, leaving, and what happens from outside' }),
    what: z.enum([
      'entered',
      'not_entered',
      'held_out',
      'sent',
      'not_sent',
      'waits',
      'goes_on',
      'way',
      'gave',
      'tagged',
      'status',
      'segment',
      'told',
      'called',
      'jumped',
      'happened',
      'finished',
      'goal',
      'exited',
    ]),
    until: instant.nullable().meta({ description: 'How long at most they wait' }),
    way: z.string().nullable().meta({ description: 'Which way they went: then, else, the number of a branch' }),
    text: z.string().nullable().meta({ description: 'The template, tag, reason … that it is about' }),
  })
  .meta({ id: 'WalkedStep' })
export type Walked = z.infer<typeof walked>

export const listDryRunCustomers = endpoint({
  method: 'get',
  path: '/dry-runs/{id}/customers',
  permission: 'automations.try',
  summary: 'Who would have entered, with all that each would have got, in the order of time',
  params: one,
  query: page.extend({ day: day.optional(), step: printable(64).optional(), customer: externalId.optional() }),
  answer: listOf(
    z.object({
      customer: z.object({ id: externalId, name: z.string() }),
      provider: externalId.nullable(),
      entered_at: instant,
      ended_at: instant.nullable(),
      reason: z.string().nullable(),
      events: z.array(walked),
    }),
  ),
})

/** What somebody supposes to happen on the way, so long after entering. */
const choice = z.strictObject({
  after_minutes: z.int().min(0).max(1_576_800),
  happening: z
    .record(z.string(), z.unknown())
    .optional()
    .meta({ description: 'As `unless`, `goal` and `wait_for` name it: `{on: "booking_made"}`' }),
  rule_holds: z
    .object({ path: z.string().max(1000), holds: z.boolean() })
    .optional()
    .meta({ description: 'From then on the rule at this path of the definition holds, or does not' }),
})

export const walkAutomation = endpoint({
  method: 'post',
  path: '/automations/walk',
  permission: 'automations.try',
  summary: 'Walk one customer through a definition with the time skipped; nothing is sent',
  body: z.strictObject({
    definition,
    customer: externalId,
    provider: externalId.optional(),
    at: instant.optional().meta({ description: 'When they enter; now when left out' }),
    choices: z.array(choice).max(200).default([]),
    ways: z
      .record(z.string(), z.string().max(8))
      .default({})
      .meta({ description: 'Which way chance has for them, by step: `{"split": "1"}`' }),
  }),
  answer: z.object({
    events: z.array(walked),
    ended: z.boolean(),
    rules: z
      .array(z.object({ path: z.string(), holds: z.boolean() }))
      .meta({ description: 'Each rule of the definition with what it says of this customer now' }),
  }),
})

export const automationGallery = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    definition,
    templates: z.array(z.object({ id: z.string(), name: z.string() })),
  }),
)

export const listAutomationGallery = endpoint({
  method: 'get',
  path: '/automations/gallery',
  permission: 'automations.read',
  summary: 'Finished automations to begin with, in one language',
  query: z.object({ language: z.enum(['en', 'de', 'fr', 'it']).default('en') }),
  answer: z.object({ items: automationGallery }),
})
