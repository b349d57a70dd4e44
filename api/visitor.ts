import type { Request } from 'express'
import type { Visitor } from '../domain/access/sessions.ts'
import { plainAddress } from './server/callerAddress.ts'

/** From where somebody signs in, as their list of sessions shows it. */
export const visitorOf = (request: Request): Visitor => ({
  address: plainAddress(request.ip),
  device: (request.get('user-agent') ?? '').replace(/\p{Cc}/gu, ''),
})
