import type { Request, Response } from 'express'
import { SESSION_DAYS } from '../../domain/access/session.ts'

const NAME = 'perennial_session'

/** The session token that a request carries, or null. */
export function sessionToken(request: Request): string | null {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2)
    if (name === NAME && value !== undefined && /^[\w-]{43}$/.test(value)) return value
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
