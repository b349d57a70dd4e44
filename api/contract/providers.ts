import { z } from 'zod'
import { externalId, listOf } from './common.ts'
import { endpoint } from './endpoint.ts'

export const listProviders = endpoint({
  method: 'get',
  path: '/providers',
  summary: 'All providers by name, with the number of their customers',
  answer: listOf(z.object({ id: externalId, name: z.string(), email: z.string().nullable(), customers: z.int() })),
})
