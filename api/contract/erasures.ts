import { z } from 'zod'
import { externalId, instant, listOf, page } from './common.ts'
import { endpoint } from './endpoint.ts'

const erasure = z
  .object({
    id: z.string(),
    customer: externalId.meta({ description: 'The identifier, which stays: nothing else of the customer does' }),
    state: z.enum(['running', 'done', 'failed']),
    progress: z.number().min(0).max(1),
    error: z.string().nullable(),
    requested_by: z.string(),
    requested_at: instant,
    finished_at: instant.nullable(),
  })
  .meta({ id: 'Erasure' })
export type Erasure = z.infer<typeof erasure>

const one = z.object({ id: z.string().regex(/^[1-9]\d{0,14}$/, 'Allowed is the id of an erasure') })

export const createErasure = endpoint({
  method: 'post',
  path: '/erasures',
  permission: 'privacy.write',
  summary: 'Erase a customer: what was said of them goes, counts and money stay. It can’t be taken back',
  body: z.strictObject({
    customer: externalId,
    name: z.string().max(500).meta({ description: 'Their name as the profile says it: nobody is erased by a slip' }),
  }),
  answer: erasure,
  status: 202,
})

export const listErasures = endpoint({
  method: 'get',
  path: '/erasures',
  permission: 'privacy.read',
  summary: 'Erasures, newest first',
  query: page,
  answer: listOf(erasure),
})

export const getErasure = endpoint({
  method: 'get',
  path: '/erasures/{id}',
  permission: 'privacy.read',
  summary: 'An erasure, and how far it is',
  params: one,
  answer: erasure,
})

export const retryErasure = endpoint({
  method: 'post',
  path: '/erasures/{id}/retry',
  permission: 'privacy.write',
  summary: 'Go on with an erasure that failed',
  params: one,
  answer: erasure,
  status: 202,
})
