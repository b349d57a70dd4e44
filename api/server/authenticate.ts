import type { Request, Response } from 'express'
import { findApiKey } from '../../domain/access/findApiKey.ts'
import { findSession } from '../../domain/access/findSession.ts'
import { Problem } from '../../domain/errors.ts'
import { plainAddress } from './callerAddress.ts'
import { sessionToken, setSessionCookie } from './cookies.ts'
import { refuseOtherSites } from './refuseOtherSites.ts'
import type { Caller, Services } from './services.ts'

/**
 * Who makes a call: the owner of the API key in `Authorization: Bearer`, else the user of the session cookie.
 *
 * @param fixedKey the key that the environment gives all rights to
 * @returns null when the request carries neither
 * @throws Problem 'unauthenticated' for a key that nobody has; 'forbidden' for an unsafe call that another site made
 *   with the user's cookie
 */
export async function authenticate(
  request: Request,
  response: Response,
  services: Services,
  fixedKey: string | undefined,
): Promise<Caller | null> {
  const { authorization } = request.headers
  if (authorization !== undefined) {
    const [, key] = /^Bearer +([\x21-\x7e]{1,500})$/i.exec(authorization) ?? []
    const found = key === undefined ? null : await findApiKey(services.db, key, fixedKey, services.now())
    if (found === null) {
      throw new Problem('unauthenticated', 'This API key is not known. Send `Authorization: Bearer KEY`.')
    }
    return { kind: 'key', ...found }
  }
  refuseOtherSites(request)
  const token = sessionToken(request)
  const session =
    token === null ? null : await findSession(services.db, token, services.now(), plainAddress(request.ip))
  if (session === null) return null
  if (session.prolonged) setSessionCookie(response, token, services.publicUrl)
  return { kind: 'user', ...session.user }
}
