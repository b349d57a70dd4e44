import { signIn as beginSession, normalEmail } from '../domain/access/signIn.ts'
import { signOut as endSession } from '../domain/access/signOut.ts'
import type { User } from '../domain/access/users.ts'
import type { Database } from '../domain/database.ts'
import { Problem } from '../domain/errors.ts'
import { nameProvider } from '../domain/providers/nameProvider.ts'
import { readSettings } from '../domain/settings/readSettings.ts'
import { type SignedIn, signIn, signOut, whoAmI } from './contract/access.ts'
import { countedAddress } from './server/callerAddress.ts'
import { sessionToken, setSessionCookie } from './server/cookies.ts'
import { RateLimit } from './server/rateLimit.ts'
import { refuseOtherSites } from './server/refuseOtherSites.ts'
import { type Route, route } from './server/route.ts'

const QUARTER_HOUR = 900_000

/** Guesses of one account's password from one address; kept apart for each database, as tests run several. */
const limits = new WeakMap<Database, { account: RateLimit; address: RateLimit }>()

function limitsOf(db: Database): { account: RateLimit; address: RateLimit } {
  const known = limits.get(db)
  if (known !== undefined) return known
  const made = { account: new RateLimit(10, QUARTER_HOUR), address: new RateLimit(60, QUARTER_HOUR) }
  limits.set(db, made)
  return made
}

async function signedIn(db: Database, { id, email, name: person, role, providerId }: User): Promise<SignedIn> {
  const { name, timeZone, currency, language } = await readSettings(db)
  const provider = providerId === null ? null : await nameProvider(db, providerId)
  const user = { id: String(id), email, name: person, role, provider }
  return { user, business: { name, time_zone: timeZone, currency, language } }
}

export const accessRoutes: Route[] = [
  route(signIn, async ({ body, services: { db, now, publicUrl }, request, response }) => {
    const address = countedAddress(request.ip)
    const account = `${address} ${normalEmail(body.email)}`
    const limit = limitsOf(db)
    limit.address.take(address, now())
    limit.account.take(account, now())
    const { user, token } = await beginSession(db, body.email, body.password, now())
    limit.account.clear(account)
    // whoever was signed in before in this browser is so no longer
    const before = sessionToken(request)
    if (before !== null) await endSession(db, before)
    setSessionCookie(response, token, publicUrl)
    return signedIn(db, user)
  }),

  route(whoAmI, async ({ caller, services: { db } }) => {
    if (caller === null) throw new Problem('unauthenticated', 'Sign in, or send `Authorization: Bearer KEY`.')
    if (caller.kind === 'user') return signedIn(db, caller)
    return signedIn(db, { id: caller.id, email: '', name: caller.name, role: 'admin', providerId: null })
  }),

  route(signOut, async ({ services: { db, publicUrl }, request, response }) => {
    refuseOtherSites(request)
    const token = sessionToken(request)
    if (token !== null) await endSession(db, token)
    setSessionCookie(response, null, publicUrl)
  }),
]
