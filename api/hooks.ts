import express, { type Request, type Response, Router } from 'express'
import { Problem } from '../domain/errors.ts'
import { takeHook } from '../domain/feedback/takeHook.ts'
import { countedAddress } from './server/callerAddress.ts'
import { RateLimit } from './server/rateLimit.ts'
import type { Services } from './server/services.ts'

/** A thousand events of the most talkative service. */
const MAX_BYTES = 2_097_152
/** How many refused calls a caller may make in a minute. */
const MOST_REFUSED = 30

const PATHS = ['/hooks/ses', '/hooks/mailgun', '/hooks/postmark', '/hooks/sendgrid']

const raw = express.raw({ type: () => true, limit: MAX_BYTES })

/** The webhooks of mail services: `POST /hooks/{service}`, public, believed for their signatures only. */
export function hooksRouter({ db, now, log, workflows, hooks }: Services): Router {
  const router = Router()
  const refused = new RateLimit(MOST_REFUSED, 60_000)
  router.post(PATHS, raw, async (request: Request, response: Response) => {
    response.locals.route = request.path
    response.set('Cache-Control', 'no-store')
    const service = request.path.slice('/hooks/'.length)
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const call = { body, header: (name: string) => request.get(name) }
    try {
      const taken = await takeHook(db, { service, call, secrets: hooks }, now())
      if (taken.taken > 0) workflows.wakeSegments()
      response.json(taken)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      refused.take(countedAddress(request.ip), now())
      log.warn({ service, reason: error.message }, 'a webhook was refused')
      throw error
    }
  })
  return router
}
