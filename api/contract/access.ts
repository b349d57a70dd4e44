import { z } from 'zod'
import { ALL_PERMISSIONS, ROLES } from '../../rules/access/permissions.ts'
import { externalId, instant, listOf } from './common.ts'
import { endpoint } from './endpoint.ts'

export const language = z.enum(['en', 'de', 'fr', 'it'])
const role = z.enum(ROLES)
const email = z.string().trim().max(320).pipe(z.email())
const personName = z.string().trim().min(1).max(200)
const password = z.string().max(1_000)
const code = z.string().max(40).meta({ description: 'Six digits of the authenticator app, or a recovery code' })
const token = z.string().min(20).max(100)
const named = z.object({ id: externalId, name: z.string() })

export const signedIn = z
  .object({
    user: z.object({
      id: z.string(),
      email: z.string(),
      name: z.string(),
      role,
      language: language.nullable().meta({ description: 'Null: the browser’s' }),
      provider: named
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
  refuses: [429],
  permission: 'open',
  summary: 'Sign in; sets the session cookie. Who has a second factor says its code, too',
  maxBytes: 10_240,
  body: z.object({ email: z.string().max(320), password, code: code.optional() }),
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

export const signInOptions = endpoint({
  method: 'get',
  path: '/sign-in-options',
  permission: 'open',
  summary: 'How somebody can sign in here',
  answer: z.object({
    oidc: z.object({ name: z.string(), url: z.string() }).nullable().meta({ description: 'An identity provider' }),
    mail: z.boolean().meta({ description: 'A forgotten password can be replaced by mail' }),
  }),
})

export const forgotPassword = endpoint({
  method: 'post',
  path: '/password-resets',
  refuses: [429],
  permission: 'open',
  summary: 'Send a link for a new password; the answer is the same whether the address has an account',
  maxBytes: 10_240,
  body: z.object({ email: z.string().max(320) }),
  status: 202,
  answer: z.object({}),
})

export const resetPassword = endpoint({
  method: 'post',
  path: '/password-resets/use',
  refuses: [429],
  permission: 'open',
  summary: 'Set a new password by such a link: once, within an hour; ends all sessions',
  maxBytes: 10_240,
  body: z.object({ token, password }),
})

export const lookAtInvitation = endpoint({
  method: 'post',
  path: '/invitations/look',
  refuses: [429],
  permission: 'open',
  summary: 'Whom an invitation is for',
  maxBytes: 10_240,
  body: z.object({ token }),
  answer: z.object({ email: z.string(), name: z.string(), business: z.string(), language: language.nullable() }),
})

export const acceptInvitation = endpoint({
  method: 'post',
  path: '/invitations/accept',
  refuses: [429],
  permission: 'open',
  summary: 'Open an account by an invitation: once, within 7 days; signs in',
  maxBytes: 10_240,
  body: z.object({ token, password, name: personName.optional(), language: language.optional() }),
  answer: signedIn,
})

const session = z
  .object({
    id: z.string(),
    started_at: instant,
    seen_at: instant,
    expires_at: instant,
    address: z.string(),
    device: z.string().meta({ description: 'What the browser calls itself' }),
    current: z.boolean().meta({ description: 'The one that asks' }),
  })
  .meta({ id: 'Session' })
export type Session = z.infer<typeof session>

export const account = z
  .object({
    email: z.string(),
    name: z.string(),
    language: language.nullable(),
    second_factor: z.object({ since: instant, recovery_codes_left: z.int() }).nullable(),
    sessions: z.array(session),
  })
  .meta({ id: 'Account' })
export type Account = z.infer<typeof account>

export const getAccount = endpoint({
  method: 'get',
  path: '/account',
  permission: 'signed_in',
  summary: 'One’s own account, with where it is signed in',
  answer: account,
})

export const changeAccount = endpoint({
  method: 'patch',
  path: '/account',
  permission: 'signed_in',
  summary: 'Change one’s own name or language',
  body: z.strictObject({ name: personName.optional(), language: language.nullable().optional() }),
  answer: account,
})

export const changeOwnPassword = endpoint({
  method: 'put',
  path: '/account/password',
  refuses: [429],
  permission: 'signed_in',
  summary: 'Change one’s own password; all other sessions end',
  maxBytes: 10_240,
  secret: true,
  body: z.strictObject({ current: password, password }),
})

export const endOwnSession = endpoint({
  method: 'delete',
  path: '/account/sessions/{id}',
  permission: 'signed_in',
  summary: 'End one of one’s own sessions',
  params: z.object({ id: z.string().regex(/^\d{1,15}$/) }),
})

export const endOtherSessions = endpoint({
  method: 'delete',
  path: '/account/sessions',
  permission: 'signed_in',
  summary: 'End all of one’s own sessions but this one',
  answer: z.object({ ended: z.int() }),
})

export const beginSecondFactor = endpoint({
  method: 'post',
  path: '/account/second-factor',
  refuses: [429],
  permission: 'signed_in',
  summary: 'A secret for an authenticator app; it counts once a code of it is shown',
  secret: true,
  maxBytes: 10_240,
  body: z.strictObject({ password }),
  answer: z.object({ secret: z.string(), uri: z.string().meta({ description: 'For a QR code' }) }),
})

const recoveryCodes = z.object({
  recovery_codes: z.array(z.string()).meta({ description: 'Shown once; each is good once' }),
})

export const confirmSecondFactor = endpoint({
  method: 'post',
  path: '/account/second-factor/confirm',
  refuses: [429],
  permission: 'signed_in',
  summary: 'Switch the second factor on, by a code; all other sessions end',
  secret: true,
  maxBytes: 10_240,
  body: z.strictObject({ code }),
  answer: recoveryCodes,
})

export const removeSecondFactor = endpoint({
  method: 'delete',
  path: '/account/second-factor',
  refuses: [429],
  permission: 'signed_in',
  summary: 'Take the second factor away',
  secret: true,
  maxBytes: 10_240,
  body: z.strictObject({ password, code }),
})

export const renewRecoveryCodes = endpoint({
  method: 'post',
  path: '/account/recovery-codes',
  refuses: [429],
  permission: 'signed_in',
  summary: 'New recovery codes in place of the old ones',
  secret: true,
  maxBytes: 10_240,
  body: z.strictObject({ password, code }),
  answer: recoveryCodes,
})

const userId = z.object({ id: z.string().regex(/^\d{1,15}$/, 'Allowed is the id of a user') })

export const user = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    role,
    provider: named.nullable(),
    language: language.nullable(),
    state: z.enum(['active', 'invited', 'deactivated']),
    second_factor: z.boolean(),
    created_at: instant,
    invited_by: z.string().nullable(),
    last_seen_at: instant.nullable(),
  })
  .meta({ id: 'User' })
export type ListedUser = z.infer<typeof user>

export const listUsers = endpoint({
  method: 'get',
  path: '/users',
  permission: 'users.read',
  summary: 'Everybody who may sign in, was invited to, or once might',
  answer: listOf(user),
})

export const inviteUser = endpoint({
  method: 'post',
  path: '/users',
  permission: 'users.write',
  summary: 'Invite somebody by mail; the link is good for 7 days',
  once: true,
  body: z.strictObject({
    email,
    name: personName,
    role,
    provider: externalId.optional().meta({ description: 'Which provider they are, for the role provider' }),
    language: language.optional(),
  }),
  answer: user.extend({
    mailed: z.boolean().meta({ description: 'False: the mail server did not take it; invite again' }),
  }),
  status: 201,
})

export const inviteAgain = endpoint({
  method: 'post',
  path: '/users/{id}/invite',
  permission: 'users.write',
  summary: 'Send the invitation again, with a new link',
  params: userId,
  answer: z.object({ mailed: z.boolean() }),
})

export const changeUser = endpoint({
  method: 'patch',
  path: '/users/{id}',
  permission: 'users.write',
  summary: 'Change somebody’s name, role or provider, or whether they may sign in; whose rights change signs in anew',
  params: userId,
  body: z.strictObject({
    name: personName.optional(),
    role: role.optional(),
    provider: externalId.optional(),
    active: z.boolean().optional(),
  }),
  answer: user,
})

export const signOutUser = endpoint({
  method: 'delete',
  path: '/users/{id}/sessions',
  permission: 'users.write',
  summary: 'End all of somebody’s sessions',
  params: userId,
  answer: z.object({ ended: z.int() }),
})

export const dropSecondFactor = endpoint({
  method: 'delete',
  path: '/users/{id}/second-factor',
  permission: 'users.write',
  summary: 'Take away the second factor of somebody who has lost it; they sign in anew with their password',
  params: userId,
})

const scope = z.enum(ALL_PERMISSIONS)

export const apiKey = z
  .object({
    id: z.string(),
    name: z.string(),
    prefix: z.string().meta({ description: 'Its first letters' }),
    scopes: z.array(scope).nullable().meta({ description: 'Null: everything' }),
    provider: named.nullable().meta({ description: 'With whose customers alone it has to do' }),
    created_at: instant,
    created_by: z.string().nullable(),
    expires_at: instant.nullable(),
    last_used_at: instant.nullable(),
    revoked_at: instant.nullable(),
  })
  .meta({ id: 'ApiKey' })
export type ApiKey = z.infer<typeof apiKey>

export const listApiKeys = endpoint({
  method: 'get',
  path: '/api-keys',
  permission: 'keys.read',
  summary: 'The keys of programs, without the keys themselves',
  answer: listOf(apiKey),
})

export const createApiKey = endpoint({
  method: 'post',
  path: '/api-keys',
  permission: 'keys.write',
  summary: 'Make a key; the answer alone has it',
  secret: true,
  body: z.strictObject({
    name: z.string().trim().min(1).max(100),
    scopes: z.array(scope).min(1).nullable().meta({ description: 'Null: everything' }),
    provider: externalId.optional().meta({ description: 'With whose customers alone it has to do' }),
    expires_at: instant.nullable().optional(),
  }),
  answer: apiKey.extend({ key: z.string().meta({ description: 'Shown once' }) }),
  status: 201,
})

export const revokeApiKey = endpoint({
  method: 'delete',
  path: '/api-keys/{id}',
  permission: 'keys.write',
  summary: 'End a key for good',
  params: z.object({ id: z.string().regex(/^\d{1,15}$/) }),
})
