import { type NextFunction, type Request, type Response, Router } from 'express'
import type { OidcSettings } from '../domain/access/oidc.ts'
import { seal, unseal } from '../domain/access/seal.ts'
import { signInByOidc } from '../domain/access/signInByOidc.ts'
import { signOut } from '../domain/access/signOut.ts'
import { recordAudit } from '../domain/audit/record.ts'
import { Problem } from '../domain/errors.ts'
import { limitsOf } from './accessLimits.ts'
import { countedAddress, plainAddress } from './server/callerAddress.ts'
import { readCookie, sessionToken, setSessionCookie } from './server/cookies.ts'
import type { Services } from './server/services.ts'
import { visitorOf } from './visitor.ts'

const COOKIE = 'perennial_oidc'
const PATH = '/auth/oidc'
const PATIENCE_MS = 600_000

/** What has to come back as it went: sealed in a cookie, so that no table keeps it. */
type Journey = { state: string; nonce: string; verifier: string; next: string; until: number }

/**
 * Signing in by an identity provider (OpenID Connect): the code flow with PKCE, state and nonce. Both addresses lead
 * back to our own pages only, whatever happens.
 */
export function oidcRouter(services: Services): Router {
  const router = Router()
  const { db, oidc, publicUrl, now, log } = services
  if (oidc === undefined) return router
  const back = `${publicUrl}${PATH}/callback`
  const secure = publicUrl.startsWith('https:')

  router.use(PATH, (_request: Request, response: Response, next: NextFunction) => {
    response.locals.route = PATH
    response.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' })
    next()
  })

  router.get(PATH, async (request, response) => {
    try {
      limitsOf(db).address.take(countedAddress(request.ip), now())
      const { client, config } = await connect(oidc)
      const verifier = client.randomPKCECodeVerifier()
      const journey: Journey = {
        ...{ state: client.randomState(), nonce: client.randomNonce(), verifier },
        next: ownPage(request.query.next),
        until: now().getTime() + PATIENCE_MS,
      }
      const sealed = (await seal(db, JSON.stringify(journey))).toString('base64url')
      const cookie = { httpOnly: true, sameSite: 'lax', secure, path: PATH, maxAge: PATIENCE_MS } as const
      response.cookie(COOKIE, sealed, cookie)
      const address = client.buildAuthorizationUrl(config, {
        ...{ redirect_uri: back, scope: 'openid email profile', state: journey.state, nonce: journey.nonce },
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      })
      response.redirect(303, address.href)
    } catch (error) {
      log.warn({ err: error }, 'the identity provider could not be asked')
      response.redirect(303, '/sign-in?failed=provider')
    }
  })

  router.get(`${PATH}/callback`, async (request, response) => {
    response.clearCookie(COOKIE, { path: PATH })
    const address = plainAddress(request.ip)
    try {
      const journey = await readJourney(services, request)
      if (journey === null) return response.redirect(303, '/sign-in?failed=expired')
      const identity = await exchange(oidc, new URL(request.originalUrl, publicUrl), journey)
      const { user, token } = await signInByOidc(db, identity, visitorOf(request), now())
      const before = sessionToken(request)
      if (before !== null) await signOut(db, before)
      setSessionCookie(response, token, publicUrl)
      await told(services, address, { kind: 'user', id: user.id, name: user.email }, 200)
      response.redirect(303, journey.next)
    } catch (error) {
      const refused = error instanceof Problem && error.code === 'forbidden'
      if (refused) await told(services, address, { kind: 'nobody', id: 0, name: '' }, 403)
      else log.warn({ err: error }, 'somebody could not be signed in by the identity provider')
      response.redirect(303, `/sign-in?failed=${refused ? 'unknown' : 'provider'}`)
    }
  })
  return router
}

/** One of our own pages, or the first one: an address of another site leads nowhere. */
function ownPage(next: unknown): string {
  const isOwn = typeof next === 'string' && next.length <= 2_000 && /^\/(?![/\\])[\x21-\x7e]*$/.test(next)
  return isOwn && !next.startsWith('/sign-in') && !next.startsWith('/auth/') ? next : '/'
}

async function readJourney({ db, now }: Services, request: Request): Promise<Journey | null> {
  const cookie = readCookie(request, COOKIE)
  const text = cookie === null ? null : await unseal(db, Buffer.from(cookie, 'base64url'))
  const journey = text === null ? null : (JSON.parse(text) as Journey)
  return journey === null || journey.until < now().getTime() ? null : journey
}

type Connected = { client: typeof import('openid-client'); config: import('openid-client').Configuration }
const known = new WeakMap<OidcSettings, Promise<Connected>>()

/** Loaded and asked for its addresses when somebody first comes that way; asked again after a failure. */
function connect(oidc: OidcSettings): Promise<Connected> {
  const before = known.get(oidc)
  if (before !== undefined) return before
  const connecting = (async () => {
    const client = await import('openid-client')
    // http is for a provider on this machine, in tests: `environment` takes no other
    const options = oidc.issuer.startsWith('http:') ? { execute: [client.allowInsecureRequests] } : {}
    const config = await client.discovery(new URL(oidc.issuer), oidc.clientId, oidc.clientSecret, undefined, options)
    return { client, config }
  })()
  known.set(oidc, connecting)
  connecting.catch(() => known.delete(oidc))
  return connecting
}

/** Takes the code to the provider, and checks what it says: signature, nonce, state and for whom it is. */
async function exchange(oidc: OidcSettings, came: URL, { state, nonce, verifier }: Journey) {
  const { client, config } = await connect(oidc)
  const tokens = await client.authorizationCodeGrant(config, came, {
    ...{ pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true },
  })
  const claims = tokens.claims()
  if (claims === undefined) throw new Error('The identity provider sent no ID token')
  const told = claims.email === undefined ? await client.fetchUserInfo(config, tokens.access_token, claims.sub) : claims
  return {
    subject: claims.sub,
    email: typeof told.email === 'string' ? told.email : undefined,
    emailVerified: told.email_verified === true,
  }
}

const told = (
  { db, now }: Services,
  address: string,
  actor: { kind: 'user' | 'nobody'; id: number; name: string },
  status: number,
): Promise<void> =>
  recordAudit(db, {
    ...{ at: now(), actor, address, permission: 'open', method: 'GET', route: `${PATH}/callback`, status },
    ...{ entity: 'session', entityId: '', entityName: actor.name },
  })
