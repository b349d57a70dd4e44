import type { Request, Response } from 'express'
import { SESSION_DAYS } from '../../domain/access/session.ts'

const NAME = 'perennial_session'

/** The session token that a request carries, or null. */
export function sessionToken(request: Request): string | null {
  const value = readCookie(request, NAME)
  return value !== null && /^[\w-]{43}$/.test(value) ? value : null
}

/** A cookie of ours, as it was set; null when the request has none of this name. */
export function readCookie(request: Request, wanted: string): string | null {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2)
    if (name === wanted && value !== undefined && /^[\w-]+$/.test(value)) return value
  }
  return null
}

/** Sets the session cookie; without a token, removes it. `publicUrl` tells whether browsers come by https. */
export function setSessionCookie(response: Response, token: string | null, publicUrl: string): void {
  response.cookie(NAME, token ?? '', {
    httpOnly: true,
    sameSite: 'lax',
    secure: publicUrl.startsWith('https:'),
    path: '/',
    maxAge: token === null ? 0 : SESSION_DAYS * 86_400_000,
  })
}
