import type { Request, Response } from 'express'
import { beginSession } from '../domain/access/sessions.ts'
import { setPasswordByLink } from '../domain/access/setPassword.ts'
import { signIn as checkAndBegin, normalEmail } from '../domain/access/signIn.ts'
import { signOut as endSession } from '../domain/access/signOut.ts'
import type { User } from '../domain/access/users.ts'
import { USER_COLUMNS } from '../domain/access/users.ts'
import { makeUserToken, readUserToken } from '../domain/access/userTokens.ts'
import { type Database, rows } from '../domain/database.ts'
import { Problem } from '../domain/errors.ts'
import { nameProvider } from '../domain/providers/nameProvider.ts'
import { readSettings } from '../domain/settings/readSettings.ts'
import { countGuess, limitsOf } from './accessLimits.ts'
import {
  acceptInvitation,
  forgotPassword,
  lookAtInvitation,
  resetPassword,
  type SignedIn,
  signIn,
  signInOptions,
  signOut,
  whoAmI,
} from './contract/access.ts'
import { mailLink } from './mailLink.ts'
import { countedAddress } from './server/callerAddress.ts'
import { sessionToken, setSessionCookie } from './server/cookies.ts'
import { refuseOtherSites } from './server/refuseOtherSites.ts'
import { type Route, route } from './server/route.ts'
import type { Services } from './server/services.ts'
import { visitorOf } from './visitor.ts'

type Shown = Pick<User, 'id' | 'email' | 'name' | 'role' | 'providerId'> & Partial<Pick<User, 'language'>>

async function signedIn(
  db: Database,
  { id, email, name: person, role, providerId, ...rest }: Shown,
): Promise<SignedIn> {
  const { name, timeZone, currency, language } = await readSettings(db)
  const provider = providerId === null ? null : await nameProvider(db, providerId)
  const user = { id: String(id), email, name: person, role, provider, language: rest.language ?? null }
  return { user, business: { name, time_zone: timeZone, currency, language } }
}

/** Whoever was signed in before in this browser is so no longer. */
async function replaceSession(
  { db, publicUrl }: Services,
  { request, response }: { request: Request; response: Response },
  token: string,
): Promise<void> {
  const before = sessionToken(request)
  if (before !== null) await endSession(db, before)
  setSessionCookie(response, token, publicUrl)
}

const actorOf = ({ id, email }: User) => ({ kind: 'user' as const, id, name: email })

export const accessRoutes: Route[] = [
  route(signIn, async ({ body, services, request, response, trail }) => {
    const { db, now } = services
    const address = countedAddress(request.ip)
    const email = normalEmail(body.email)
    trail.actor = { kind: 'nobody', id: 0, name: email }
    Object.assign(trail, { entity: 'session', id: '', name: email, after: undefined })
    await countGuess(db, email, address, now())
    const { codes, account, anywhere } = limitsOf(db)
    const { user, token } = await checkAndBegin(db, body, visitorOf(request), now(), (id) =>
      codes.take(String(id), now()),
    )
    account.clear(`${address} ${email}`)
    anywhere.clear(email)
    codes.clear(String(user.id))
    trail.actor = actorOf(user)
    await replaceSession(services, { request, response }, token)
    return signedIn(db, user)
  }),

  route(whoAmI, async ({ caller, services: { db } }) => {
    if (caller === null) throw new Problem('unauthenticated', 'Sign in, or send `Authorization: Bearer KEY`.')
    if (caller.kind === 'user') return signedIn(db, caller)
    const role = caller.providerId === null ? 'admin' : 'provider'
    return signedIn(db, { id: caller.id, email: '', name: caller.name, role, providerId: caller.providerId })
  }),

  route(signOut, async ({ caller, services: { db, publicUrl }, request, response, trail }) => {
    refuseOtherSites(request)
    Object.assign(trail, { entity: 'session', name: caller?.kind === 'user' ? caller.email : '', after: undefined })
    const token = sessionToken(request)
    if (token !== null) await endSession(db, token)
    setSessionCookie(response, null, publicUrl)
  }),

  route(signInOptions, async ({ services: { oidc, smtpUrl } }) => ({
    oidc: oidc === undefined ? null : { name: oidc.name, url: '/auth/oidc' },
    mail: smtpUrl !== '',
  })),

  route(forgotPassword, async ({ body, services, request, trail }) => {
    const { db, now, smtpUrl, log } = services
    const email = normalEmail(body.email)
    Object.assign(trail, { entity: 'session', name: email, after: undefined })
    trail.actor = { kind: 'nobody', id: 0, name: email }
    limitsOf(db).address.take(countedAddress(request.ip), now())
    if (smtpUrl === '') throw new Problem('unavailable', 'There is no mail server: ask an admin for a new invitation.')
    // whether there is such an account is seen by nobody who asks, nor by how long the answer takes
    sendReset(services, email).catch((error: unknown) => log.warn({ err: error }, 'a link could not be mailed'))
    return {}
  }),

  route(resetPassword, async ({ body, services: { db, now, publicUrl }, request, response, trail }) => {
    limitsOf(db).address.take(countedAddress(request.ip), now())
    const user = await setPasswordByLink(db, { ...body, kind: 'reset' }, now())
    trail.actor = actorOf(user)
    Object.assign(trail, { entity: 'users', id: String(user.id), name: user.name, after: { password: 'new' } })
    setSessionCookie(response, null, publicUrl)
  }),

  route(lookAtInvitation, async ({ body, services: { db, now }, request, trail }) => {
    limitsOf(db).address.take(countedAddress(request.ip), now())
    const { user } = await readUserToken(db, body.token, 'invitation', now())
    Object.assign(trail, { entity: 'users', id: String(user.id), after: undefined })
    const { name } = await readSettings(db)
    return { email: user.email, name: user.name, business: name, language: user.language }
  }),

  route(acceptInvitation, async ({ body, services, request, response, trail }) => {
    const { db, now } = services
    limitsOf(db).address.take(countedAddress(request.ip), now())
    const { token: link, password, ...profile } = body
    const user = await setPasswordByLink(db, { token: link, password, kind: 'invitation' }, now(), profile)
    trail.actor = actorOf(user)
    Object.assign(trail, { entity: 'users', id: String(user.id), name: user.name, after: { state: 'active' } })
    const token = await beginSession(db, user.id, visitorOf(request), now())
    await replaceSession(services, { request, response }, token)
    return signedIn(db, user)
  }),
]

async function sendReset(services: Services, email: string): Promise<void> {
  const { db, now } = services
  const [user] = await rows<User>(
    db,
    `SELECT ${USER_COLUMNS} FROM users u WHERE u.email = ? AND u.deactivated_at IS NULL AND NOT u.no_password`,
    [email],
  )
  if (user === undefined || normalEmail(user.email) !== email) return
  try {
    limitsOf(db).mails.take(email, now())
  } catch {
    return
  }
  const token = await makeUserToken(db, user.id, 'reset', now())
  await mailLink(services, { kind: 'reset', token, to: user })
}
