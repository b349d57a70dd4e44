import { z } from 'zod'
import { campaign, leftOutReason } from './campaigns.ts'
import { channel, day, externalId, instant, listOf, page, status } from './common.ts'
import { customerFilter, deliveryState } from './customers.ts'
import { endpoint } from './endpoint.ts'
import { rule } from './segments.ts'

const one = z.object({ id: z.string().regex(/^\d{1,18}$/) })

export const audience = z
  .object({
    id: z.string(),
    name: z.string(),
    type: channel,
    campaign: z.object({ id: z.string(), name: z.string(), state: campaign.shape.state }),
    created_at: instant,
    launched_at: instant.nullable().meta({ description: 'When its campaign began to be sent, or is planned to' }),
    requested: z.int().meta({ description: 'Everybody who was asked for' }),
    customers: z.int().meta({ description: 'Those who get it: requested − left out − removed' }),
    left_out: z.array(z.object({ reason: leftOutReason, count: z.int() })),
    removed: z.int().meta({ description: 'Taken out by hand since' }),
  })
  .meta({ id: 'Audience' })

export type Audience = z.infer<typeof audience>

export const listAudiences = endpoint({
  method: 'get',
  path: '/audiences',
  permission: 'audiences.read',
  summary: 'The frozen lists that campaigns go to, newest first',
  query: page.extend({ text: z.string().max(200).optional().meta({ description: 'Beginning of the name' }) }),
  answer: listOf(audience),
})

export const getAudience = endpoint({
  method: 'get',
  path: '/audiences/{id}',
  permission: 'audiences.read',
  summary: 'One audience',
  params: one,
  answer: audience,
})

const contact = z
  .object({
    id: externalId,
    name: z.string(),
    birthdate: day.nullable(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    member_since: instant.nullable(),
    state: deliveryState.nullable().meta({ description: 'What became of their message' }),
  })
  .meta({ id: 'AudienceContact' })

export type AudienceContact = z.infer<typeof contact>

export const listContacts = endpoint({
  method: 'get',
  path: '/audiences/{id}/contacts',
  permission: 'audiences.read',
  summary: 'Those who get it, or who were left out for a reason',
  params: one,
  query: page.extend({
    text: z.string().max(200).optional().meta({ description: 'Beginning of a name, an address, a user name or an id' }),
    left_out: leftOutReason.optional(),
  }),
  answer: listOf(contact),
})

export const removeContact = endpoint({
  method: 'delete',
  path: '/audiences/{id}/contacts/{customer}',
  permission: 'audiences.write',
  summary: 'Take a customer out; what is queued for them is cancelled. 409 when it is gone already',
  params: one.extend({ customer: externalId }),
})

export const getCriteria = endpoint({
  method: 'get',
  path: '/audiences/{id}/criteria',
  permission: 'audiences.read',
  summary: 'What it was made from, as it was then',
  params: one,
  query: z.object({ language: z.enum(['en', 'de', 'fr', 'it']).default('en') }),
  answer: z
    .object({
      segment: z
        .object({
          id: z.string(),
          name: z.string(),
          version: z.int(),
          rule,
          sentence: z.string().meta({ description: 'The rule in the words of the asked language' }),
        })
        .nullable(),
      provider: z.object({ id: externalId, name: z.string() }).nullable(),
      filter: customerFilter,
      status: z.array(status).meta({ description: 'The statuses that were asked for; empty for all' }),
      within: z
        .object({ id: z.string(), name: z.string() })
        .nullable()
        .meta({ description: 'Of a search: in which segment it looked, of whichever provider' }),
      picked: z.int().nullable().meta({ description: 'How many customers were picked or named in a list' }),
      holdout: z.int(),
      frozen_at: instant,
    })
    .meta({ id: 'AudienceCriteria' }),
})
