import { z } from 'zod'
import { channel, externalId } from './common.ts'
import { endpoint } from './endpoint.ts'

export const listChannels = endpoint({
  method: 'get',
  path: '/channels',
  permission: 'signed_in',
  summary: 'The ways to reach customers, and whether they are set up',
  answer: z.object({
    items: z.array(
      z.object({
        channel,
        ready: z.boolean(),
        answers: z.boolean().meta({ description: 'Whether customers can end messages by answering STOP' }),
        key: z
          .string()
          .nullable()
          .meta({ description: 'Push: the public key that a browser agrees to notifications with (VAPID)' }),
      }),
    ),
  }),
})

export const getPushLink = endpoint({
  method: 'get',
  path: '/customers/{id}/push-link',
  permission: 'customers.write',
  summary: 'The page where a customer agrees to notifications; whoever has the address can agree for them',
  params: z.object({ id: externalId }),
  answer: z.object({ url: z.string() }),
})

export const getDkim = endpoint({
  method: 'get',
  path: '/settings/dkim',
  permission: 'settings.read',
  summary: 'The record that DNS needs before mail is signed; the key is made at the first call',
  answer: z.object({
    name: z
      .string()
      .nullable()
      .meta({ description: 'Where the record stands; null while the settings name no domain' }),
    type: z.literal('TXT'),
    value: z.string(),
  }),
})
