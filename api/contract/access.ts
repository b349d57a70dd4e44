import { z } from 'zod'
import { ROLES } from '../../rules/access/permissions.ts'
import { externalId } from './common.ts'
import { endpoint } from './endpoint.ts'

export const signedIn = z
  .object({
    user: z.object({
      id: z.string(),
      email: z.string(),
      name: z.string(),
      role: z.enum(ROLES),
      provider: z
        .object({ id: externalId, name: z.string() })
        .nullable()
        .meta({ description: 'Whose user it is, for the role provider: what they see is this provider’s' }),
    }),
    business: z.object({ name: z.string(), time_zone: z.string(), currency: z.string(), language: z.string() }),
  })
  .meta({ id: 'SignedIn' })
export type SignedIn = z.infer<typeof signedIn>

export const signIn = endpoint({
  method: 'post',
  path: '/session',
  permission: 'open',
  summary: 'Sign in; sets the session cookie',
  maxBytes: 10_240,
  body: z.object({ email: z.string().max(320), password: z.string().max(1000) }),
  answer: signedIn,
})

export const whoAmI = endpoint({
  method: 'get',
  path: '/session',
  permission: 'signed_in',
  summary: 'Who is signed in, and the business',
  answer: signedIn,
})

export const signOut = endpoint({ method: 'delete', path: '/session', permission: 'open', summary: 'Sign out' })
