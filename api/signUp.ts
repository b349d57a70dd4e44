import express, { type NextFunction, type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { emailChannel } from '../domain/deliveries/channels/email.ts'
import { Problem } from '../domain/errors.ts'
import { mailLanguage } from '../domain/messages/words.ts'
import { confirmOptIn, readOptIn } from '../domain/optIns/confirmOptIn.ts'
import { confirmPage, type SignUp, sentPage, signUpPage } from '../domain/optIns/pages.ts'
import { type NewOptIn, requestOptIn } from '../domain/optIns/requestOptIn.ts'
import { readSettings } from '../domain/settings/readSettings.ts'
import { PAGE_POLICY } from '../domain/tracking/publicPage.ts'
import { countedAddress } from './server/callerAddress.ts'
import { RateLimit } from './server/rateLimit.ts'
import type { Services } from './server/services.ts'

/** So many sign-ups come from one address in ten minutes: a studio's own network has some. */
const MOST_SIGN_UPS = 20
const TEN_MINUTES = 600_000

const readForm = express.urlencoded({ extended: false, limit: '8kb', parameterLimit: 20 })

/** Double opt-in: `/signup` takes an address, `/confirm/{token}` is where its owner says yes. Fetching either changes nothing. */
export function signUpRouter(services: Services): Router {
  const { db, now, workflows } = services
  const limit = new RateLimit(MOST_SIGN_UPS, TEN_MINUTES)
  const router = Router()
  router.use(['/signup', '/confirm'], hide)

  router.get('/signup', async (request, response) => {
    await show(response, 200, signUpPage(await written(services, request), NOTHING_TYPED))
  })

  router.post('/signup', readForm, async (request, response) => {
    const form = formOf(request.body)
    const page = await written(services, request, form.language)
    const again = (status: number, wrong: SignUp['wrong']) =>
      show(response, status, signUpPage(page, { ...form, wrong }))
    // what no person sees was filled in: a machine is told what it wants to hear
    if (form.website !== '') return show(response, 200, sentPage(page))
    if (!isAddress(form.email)) return again(400, 'notAddress')
    if (!form.agree) return again(400, 'notAgreed')
    if (!take(limit, request, now())) return again(429, 'busy')
    const { email, firstName } = form
    const source = 'sign-up page'
    const asked = await ask(services, { email, firstName: firstName || null, language: page.language, source })
    await (asked === 'away' ? again(503, 'away') : show(response, 200, sentPage(page)))
  })

  router.get('/confirm/:token', async (request, response) => {
    const optIn = await readOptIn(db, String(request.params.token))
    const page = await written(services, request, optIn?.language)
    if (optIn === null) return show(response, 404, confirmPage(page, 'unknown'))
    const open = optIn.expiresAt > now() ? 'ask' : 'expired'
    await show(response, 200, confirmPage(page, optIn.confirmedAt === null ? open : 'done', optIn.wording))
  })

  router.post('/confirm/:token', async (request, response) => {
    const optIn = await readOptIn(db, String(request.params.token))
    const page = await written(services, request, optIn?.language)
    if (optIn === null) return show(response, 404, confirmPage(page, 'unknown'))
    const done = await confirmOptIn(db, optIn, now())
    workflows.wakeSegments()
    await show(response, done ? 200 : 410, confirmPage(page, done ? 'done' : 'expired'))
  })
  return router
}

/** Sends the mail that asks. Throws Problem `unavailable` when there is no mail server. */
export async function ask({ db, smtpUrl, publicUrl, now }: Services, optIn: NewOptIn) {
  if (smtpUrl === '') throw new Problem('unavailable', 'There is no mail server: SMTP_URL is not set')
  const channel = emailChannel(smtpUrl)
  try {
    return await requestOptIn(db, channel, optIn, { publicUrl, now: now() })
  } finally {
    channel.close()
  }
}

const NOTHING_TYPED: SignUp = { email: '', firstName: '', wrong: null }

/** Nothing here is for caches, search engines or other sites to know about. */
function hide(request: Request, response: Response, next: NextFunction): void {
  response.locals.route = request.baseUrl
  response.set({
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Robots-Tag': 'noindex, nofollow',
    'Content-Security-Policy': PAGE_POLICY,
  })
  next()
}

/** In whose language, and for whom: the one that was chosen, else the browser's. */
async function written({ db }: Services, request: Request, chosen?: string) {
  const { name, language } = await readSettings(db)
  const asked = request.query.lang
  const preferred = request.acceptsLanguages(['en', 'de', 'fr', 'it'])
  const own = chosen ?? (typeof asked === 'string' ? asked : preferred === false ? null : preferred)
  return { language: mailLanguage(own, language), business: name }
}

function formOf(body: unknown) {
  const fields = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
  const text = (name: string, most: number) => {
    const value = fields[name]
    return typeof value === 'string'
      ? value
          .normalize('NFC')
          .replace(/\p{Cc}/gu, '')
          .trim()
          .slice(0, most)
      : ''
  }
  const language = text('language', 10)
  return {
    email: text('email', 320),
    firstName: text('first_name', 100),
    website: text('website', 100),
    agree: text('agree', 10) === 'yes',
    ...(language === '' ? {} : { language }),
  }
}

const isAddress = (text: string): boolean => text.length <= 254 && z.email().safeParse(text).success

function take(limit: RateLimit, request: Request, now: Date): boolean {
  try {
    limit.take(countedAddress(request.ip), now)
    return true
  } catch (error) {
    if (error instanceof Problem) return false
    throw error
  }
}

const show = async (response: Response, status: number, page: string): Promise<void> => {
  response.status(status).type('html').send(page)
}
