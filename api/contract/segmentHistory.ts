import { z } from 'zod'
import { countedListOf, day, externalId, instant, listOf, page, segmentId, several } from './common.ts'
import { customerSummary } from './customers.ts'
import { endpoint } from './endpoint.ts'

const one = z.object({ id: segmentId })

export const cause = z.enum(['event', 'time', 'by_hand', 'rule_change', 'initial', 'historical'])

/** Days of the business's calendar, both belonging to the period. */
const period = z.object({
  from: day.optional().meta({ description: 'The first day; 90 days before `to` when left out' }),
  to: day.optional().meta({ description: 'The last day; today when left out' }),
})

const yesOrNo = z.enum(['true', 'false']).transform((word) => word === 'true')

export const transition = z
  .object({
    customer: z.object({ id: externalId, name: z.string() }),
    provider: externalId.nullable(),
    entered: z.boolean(),
    cause,
    version: z.int().meta({ description: 'The version of the rule that decided' }),
    at: instant,
  })
  .meta({ id: 'Transition' })
export type Transition = z.infer<typeof transition>

export const getTransitions = endpoint({
  method: 'get',
  path: '/segments/{id}/transitions',
  permission: 'segments.read',
  summary: 'Who entered and left, newest first, with the cause',
  params: one,
  query: page.extend({
    from: day.optional(),
    to: day.optional(),
    cause: several(cause),
    entered: yesOrNo.optional().meta({ description: 'Only those who entered, or only those who left' }),
    provider: externalId.optional(),
  }),
  answer: listOf(transition),
})

export const sizeOverTime = z
  .object({
    from: day,
    to: day,
    days: z.array(
      z.object({
        day,
        members: z.int().meta({ description: 'At the end of the day; now, for today' }),
        entered: z.int(),
        left: z.int(),
        computed: z
          .object({ entered: z.int(), left: z.int() })
          .meta({ description: 'Of these by initial, rule_change or historical: nobody moved, what is known did' }),
      }),
    ),
    causes: z.array(z.object({ cause, entered: z.int(), left: z.int() })),
  })
  .meta({ id: 'SizeOverTime' })
export type SizeOverTime = z.infer<typeof sizeOverTime>

export const getSeries = endpoint({
  method: 'get',
  path: '/segments/{id}/series',
  permission: 'segments.read',
  summary: 'How many were in it on each day of a period, how many came and went, and why',
  params: one,
  query: period.extend({ provider: externalId.optional() }),
  answer: sizeOverTime,
})

const picked = period.extend({
  segments: several(segmentId)
    .pipe(z.array(segmentId).min(1).max(20))
    .meta({ description: 'Who is in several of them counts for the first, so their order matters' }),
  provider: externalId.optional().meta({ description: 'Needed for segments that are evaluated for each provider' }),
})

const place = segmentId.nullable().meta({ description: 'null: in none of the segments' })

export const flows = z
  .object({
    from: day,
    to: day,
    segments: z.array(z.object({ id: segmentId, name: z.string() })),
    flows: z.array(z.object({ start: place, end: place, customers: z.int() })),
  })
  .meta({ id: 'Flows' })
export type Flows = z.infer<typeof flows>

export const getFlows = endpoint({
  method: 'get',
  path: '/flows',
  permission: 'rules.try',
  summary: 'Who became what: how many were in which segment at the beginning of a period and in which at its end',
  query: picked,
  answer: flows,
})

export const getFlowCustomers = endpoint({
  method: 'get',
  path: '/flows/customers',
  permission: 'rules.try',
  summary: 'The customers of one flow, by name',
  query: page.extend(picked.shape).extend({
    start: segmentId.optional().meta({ description: 'Where they were at the beginning; left out: in none of them' }),
    end: segmentId.optional().meta({ description: 'Where they were at the end; left out: in none of them' }),
  }),
  answer: countedListOf(customerSummary),
})
