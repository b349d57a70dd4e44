import { z } from 'zod'
import { externalId, listOf } from './common.ts'
import { endpoint } from './endpoint.ts'

const pick = z.object({ id: externalId, customer: externalId })

export const listProviders = endpoint({
  method: 'get',
  path: '/providers',
  permission: 'providers.read',
  summary: 'All providers by name, with the number of their customers',
  answer: listOf(z.object({ id: externalId, name: z.string(), email: z.string().nullable(), customers: z.int() })),
})

export const pickFavourite = endpoint({
  method: 'put',
  path: '/providers/{id}/favourites/{customer}',
  permission: 'favourites.write',
  summary: 'Make a customer one of the provider’s favourites',
  params: pick,
})

export const dropFavourite = endpoint({
  method: 'delete',
  path: '/providers/{id}/favourites/{customer}',
  permission: 'favourites.write',
  summary: 'Make a customer none of the provider’s favourites any more',
  params: pick,
})
