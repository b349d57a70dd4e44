import { createKey, type ListedKey, listKeys, readKey, revokeKey } from '../domain/access/apiKeys.ts'
import { changeUser as change } from '../domain/access/changeUser.ts'
import { inviteUser as invite } from '../domain/access/inviteUser.ts'
import { type ListedUser, listUsers as list, readUser } from '../domain/access/listUsers.ts'
import { removeSecondFactor } from '../domain/access/secondFactor.ts'
import { endSessions } from '../domain/access/sessions.ts'
import { makeUserToken } from '../domain/access/userTokens.ts'
import { Problem } from '../domain/errors.ts'
import { callerName } from './callerName.ts'
import {
  changeUser,
  createApiKey,
  dropSecondFactor,
  inviteAgain,
  inviteUser,
  listApiKeys,
  listUsers,
  revokeApiKey,
  signOutUser,
} from './contract/access.ts'
import { mailLink } from './mailLink.ts'
import { type Route, route } from './server/route.ts'
import type { Caller } from './server/services.ts'

export const userRoutes: Route[] = [
  route(listUsers, async ({ services: { db } }) => ({ items: (await list(db)).map(present), next: null })),

  route(inviteUser, async ({ body, caller, services }) => {
    const { id, token } = await invite(services.db, body, callerName(caller), services.now())
    const user = await readUser(services.db, id)
    const mailed = await mailLink(services, { kind: 'invitation', token, to: user }, nameOf(caller))
    return { ...present(user), mailed }
  }),

  route(inviteAgain, async ({ params, caller, services, trail }) => {
    const user = await readUser(services.db, Number(params.id))
    if (user.state !== 'invited') throw new Problem('conflict', `${user.name} has no open invitation.`)
    const token = await makeUserToken(services.db, user.id, 'invitation', services.now())
    trail.after = { invitation: 'new' }
    return { mailed: await mailLink(services, { kind: 'invitation', token, to: user }, nameOf(caller)) }
  }),

  route(changeUser, async ({ params, body, services }) => {
    await change(services.db, Number(params.id), body, services.now())
    return present(await readUser(services.db, Number(params.id)))
  }),

  route(signOutUser, async ({ params, services, trail }) => {
    const { id } = await readUser(services.db, Number(params.id))
    const ended = await endSessions(services.db, id)
    trail.after = { sessions_ended: ended }
    return { ended }
  }),

  route(dropSecondFactor, async ({ params, services }) => {
    const { id } = await readUser(services.db, Number(params.id))
    await removeSecondFactor(services.db, id)
    await endSessions(services.db, id)
  }),

  route(listApiKeys, async ({ services: { db } }) => ({ items: (await listKeys(db)).map(presentKey), next: null })),

  route(createApiKey, async ({ body, caller, services: { db, now } }) => {
    const { name, scopes, provider, expires_at } = body
    requireOwnRights(caller, scopes)
    const expiresAt = expires_at == null ? null : new Date(expires_at)
    const { id, key } = await createKey(db, { name, scopes, provider, expiresAt }, callerName(caller), now())
    return { ...presentKey(await readKey(db, id)), key }
  }),

  route(revokeApiKey, async ({ params, services: { db, now } }) => {
    await revokeKey(db, Number(params.id), now())
  }),
]

const nameOf = (caller: Caller | null) => (caller?.kind === 'user' ? caller.name : undefined)

/** A key that makes keys can't give what it hasn't: it would be a way to all rights. */
function requireOwnRights(caller: Caller | null, scopes: readonly string[] | null): void {
  if (caller?.kind !== 'key' || caller.scopes === null) return
  const own = caller.scopes
  const beyond = scopes === null ? 'all' : scopes.find((scope) => !own.includes(scope))
  if (beyond !== undefined) throw new Problem('forbidden', `A key can’t give what it has not itself: ${beyond}.`)
}

function present({ id, provider, secondFactor, createdAt, invitedBy, lastSeenAt, ...user }: ListedUser) {
  return {
    ...user,
    id: String(id),
    provider,
    second_factor: secondFactor,
    created_at: createdAt.toISOString(),
    invited_by: invitedBy,
    last_seen_at: lastSeenAt?.toISOString() ?? null,
  }
}

function presentKey({ id, createdAt, createdBy, expiresAt, lastUsedAt, revokedAt, ...key }: ListedKey) {
  return {
    ...key,
    id: String(id),
    created_at: createdAt.toISOString(),
    created_by: createdBy,
    expires_at: expiresAt?.toISOString() ?? null,
    last_used_at: lastUsedAt?.toISOString() ?? null,
    revoked_at: revokedAt?.toISOString() ?? null,
  }
}
