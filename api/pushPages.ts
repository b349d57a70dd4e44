import express, { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { Problem } from '../domain/errors.ts'
import { mailLanguage } from '../domain/messages/words.ts'
import { agreeToPush, endPush } from '../domain/push/agree.ts'
import { PAGE_SCRIPT, WORKER_SCRIPT } from '../domain/push/browserScripts.ts'
import { PUSH_PAGE_POLICY, pushPage, pushWording } from '../domain/push/page.ts'
import { readPushToken } from '../domain/push/pushToken.ts'
import { vapidKeys } from '../domain/push/vapidKeys.ts'
import { readSettings } from '../domain/settings/readSettings.ts'
import type { Services } from './server/services.ts'

/** A subscription as a browser writes it. */
const subscription = z.object({
  endpoint: z.string().max(1_000),
  keys: z.object({ p256dh: z.string().max(100), auth: z.string().max(40) }),
})
const ended = z.object({ endpoint: z.string().max(1_000) })

const readJson = express.json({ limit: '4kb' })

/**
 * Where customers agree to notifications in their browser, by a signed link and without sign-in: the page, its script and
 * the service worker that shows what arrives. Looking at any of it changes nothing.
 */
export function pushRouter(services: Services): Router {
  const { db, now, workflows } = services
  const router = Router()

  router.get('/push/page.js', (_request, response) => sendScript(response, PAGE_SCRIPT))
  router.get('/push/worker.js', (_request, response) => sendScript(response, WORKER_SCRIPT))

  router.get('/push/:token', async (request, response) => {
    const { name, language } = await readSettings(db)
    const whose = await readPushToken(db, tokenOf(request))
    const key = whose === null ? null : (await vapidKeys(db)).publicKey
    hide(response)
    response
      .status(whose === null ? 404 : 200)
      .type('html')
      .send(pushPage(mailLanguage(whose?.language ?? null, language), name, key))
  })

  router.post('/push/:token', readJson, async (request: Request, response: Response) => {
    const { customerId, language: own } = await required(services, request)
    const { endpoint, keys } = parse(subscription, request.body)
    const { name, language } = await readSettings(db)
    const wording = pushWording(mailLanguage(own, language), name)
    await agreeToPush(db, { customerId, browser: { endpoint, ...keys }, wording }, now())
    workflows.wakeSegments()
    hide(response)
    response.status(204).end()
  })

  router.delete('/push/:token', readJson, async (request: Request, response: Response) => {
    const { customerId } = await required(services, request)
    await endPush(db, customerId, parse(ended, request.body).endpoint, now())
    workflows.wakeSegments()
    hide(response)
    response.status(204).end()
  })
  return router
}

function sendScript(response: Response, script: string): void {
  response.set({ 'Cache-Control': 'no-cache', 'Service-Worker-Allowed': '/push/' })
  response.type('text/javascript').send(script)
}

function hide(response: Response): void {
  response.set({
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Robots-Tag': 'noindex, nofollow',
    'Content-Security-Policy': PUSH_PAGE_POLICY,
  })
}

async function required({ db }: Services, request: Request) {
  const whose = await readPushToken(db, tokenOf(request))
  if (whose === null) throw new Problem('not_found', 'This link is not complete or no longer valid.')
  return whose
}

function parse<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const mistakes = parsed.error.issues.map(({ path, message }) => ({ path: `/${path.join('/')}`, message }))
  throw new Problem('invalid', 'Not a subscription as a browser writes it', mistakes)
}

function tokenOf(request: Request): string {
  const { token } = request.params
  return typeof token === 'string' ? token : ''
}
