import express, { type NextFunction, type Request, type Response, Router } from 'express'
import { mailLanguage } from '../domain/messages/words.ts'
import { readSettings } from '../domain/settings/readSettings.ts'
import { type PageState, unsubscribePage } from '../domain/tracking/page.ts'
import { type Choices, readPreferences } from '../domain/tracking/preferences.ts'
import { PAGE_POLICY } from '../domain/tracking/publicPage.ts'
import { readClicked, readTracked, type Tracked } from '../domain/tracking/readTracked.ts'
import { recordVisit } from '../domain/tracking/recordVisit.ts'
import { TEST_TOKEN } from '../domain/tracking/token.ts'
import { choose, isUnsubscribed, resubscribe, unsubscribe, unsubscribeFromAll } from '../domain/tracking/unsubscribe.ts'
import type { Services } from './server/services.ts'

/** A transparent picture of one pixel. */
const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

/**
 * What customers reach from their mails, by signed links and without sign-in: the open pixel, links, the unsubscribe
 * page. Fetching any of them changes no subscription, however many machines look at a mail before its reader does.
 */
export function trackingRouter(services: Services): Router {
  const { db, now, log, workflows } = services
  const wakeIf = (marked: boolean) => {
    if (marked) workflows.wakeSegments()
  }
  const router = Router()
  router.use(['/t', '/u'], hide)

  router.get('/t/o/:token', async (request, response) => {
    const tracked = await readTracked(db, tokenOf(request), 'open')
    if (tracked !== null) {
      // a picture is shown whatever becomes of our note about it
      const visit = { type: 'opened', ...visitorOf(request) } as const
      await recordVisit(db, tracked.delivery, visit, now()).then(wakeIf, (error: unknown) =>
        log.warn({ err: error }, 'an open was lost'),
      )
    }
    response
      .status(tracked === null ? 404 : 200)
      .type('gif')
      .send(PIXEL)
  })

  router.get('/t/c/:token', async (request, response) => {
    const clicked = await readClicked(db, tokenOf(request))
    if (clicked === null) return sendPage(services, response, 404, 'unknown', null)
    const visit = { type: 'clicked', url: clicked.url, ...visitorOf(request) } as const
    await recordVisit(db, clicked.delivery, visit, now()).then(wakeIf, (error: unknown) =>
      log.warn({ err: error }, 'a click was lost'),
    )
    response.status(302).set('Location', clicked.url).end()
  })

  router.get('/u/:token', async (request, response) => {
    const token = tokenOf(request)
    if (token === 'test' || token === TEST_TOKEN) return sendPage(services, response, 200, 'test', null)
    const tracked = await readTracked(db, token, 'unsubscribe')
    if (tracked === null) return sendPage(services, response, 404, 'unknown', null)
    await sendPage(services, response, 200, (await isUnsubscribed(db, tracked)) ? 'done' : 'ask', tracked)
  })

  router.post('/u/:token', readForm, async (request: Request, response: Response) => {
    const tracked = await readTracked(db, tokenOf(request), 'unsubscribe')
    if (tracked === null) return sendPage(services, response, 404, 'unknown', null)
    // the form of our page says `action`; RFC 8058's one-click says List-Unsubscribe=One-Click, in either encoding
    const form = formOf(request.body)
    const state = await act(services, form, tracked)
    workflows.wakeSegments()
    await sendPage(services, response, 200, state, tracked)
  })
  return router
}

/** What tells a machine from a person; none of it is kept. */
const visitorOf = (request: Request) => ({
  method: request.method,
  agent: request.get('user-agent') ?? '',
  address: request.ip ?? '',
})

/** Nothing here is for caches, search engines or other sites to know about. */
function hide(_request: Request, response: Response, next: NextFunction): void {
  response.set({
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Robots-Tag': 'noindex, nofollow',
    'Content-Security-Policy': PAGE_POLICY,
  })
  next()
}

const urlencoded = express.urlencoded({ extended: false, limit: '32kb', parameterLimit: 500 })

/** Reads a small form. A body that is none, or too large, is no reason to refuse somebody who wants to leave. */
function readForm(request: Request, response: Response, next: NextFunction): void {
  urlencoded(request, response, () => next())
}

type Form = { action: string; choices: Choices }

/** What a body says, whatever it is: all that we do not know is a wish to leave. */
function formOf(body: unknown): Form {
  const fields = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
  const texts = (name: string) => new Set([fields[name]].flat().filter((value) => typeof value === 'string'))
  const [action = ''] = texts('action')
  return { action, choices: { offered: texts('offered'), wanted: texts('want') } }
}

async function act({ db, now }: Services, { action, choices }: Form, tracked: Tracked): Promise<PageState> {
  switch (action) {
    case 'undo':
      await resubscribe(db, tracked, now())
      return 'again'
    case 'save':
      await choose(db, tracked, choices, now())
      return 'saved'
    case 'nothing':
      await unsubscribeFromAll(db, tracked, now())
      return 'done'
    default:
      await unsubscribe(db, tracked, now())
      return 'done'
  }
}

function tokenOf(request: Request): string {
  const { token } = request.params
  return typeof token === 'string' ? token : ''
}

async function sendPage(
  { db }: Services,
  response: Response,
  status: number,
  state: PageState,
  tracked: Tracked | null,
): Promise<void> {
  const { name, language } = await readSettings(db)
  const preferences = tracked === null ? null : await readPreferences(db, tracked)
  const spoken = mailLanguage(tracked?.language ?? null, language)
  const page = unsubscribePage(state, { language: spoken, business: name, preferences })
  response.status(status).type('html').send(page)
}
