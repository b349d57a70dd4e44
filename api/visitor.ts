import type { Request } from 'express'
import type { Visitor } from '../domain/access/sessions.ts'

/** From where somebody signs in, as their list of sessions shows it. */
export const visitorOf = (request: Request): Visitor => ({
  address: request.ip ?? '',
  device: (request.get('user-agent') ?? '').replace(/\p{Cc}/gu, ''),
})
