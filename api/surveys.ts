import express, { type Request, type Response, Router } from 'express'
import { mailLanguage } from '../domain/messages/words.ts'
import { readSettings } from '../domain/settings/readSettings.ts'
import { countAnswers, listAnswers } from '../domain/surveys/listSurveys.ts'
import { SURVEY_POLICY, type SurveyState, surveyPage } from '../domain/surveys/page.ts'
import { type Offered, readOffered } from '../domain/surveys/readOffered.ts'
import { recordAnswer } from '../domain/surveys/recordAnswer.ts'
import { listSurveyAnswers, listSurveys } from './contract/surveys.ts'
import { readIdCursor } from './idCursor.ts'
import { type Route, route } from './server/route.ts'
import type { Services } from './server/services.ts'

export const surveyRoutes: Route[] = [
  route(listSurveys, async ({ services }) => ({
    items: (await countAnswers(services.db)).map(({ survey, lastAt, ...counts }) => ({
      id: survey,
      last_at: lastAt.toISOString(),
      ...counts,
    })),
  })),

  route(listSurveyAnswers, async ({ params, query, services }) => {
    const { limit, cursor, answer } = query
    const found = await listAnswers(services.db, params.id, { answer, limit: limit + 1, before: readIdCursor(cursor) })
    const page = found.slice(0, limit)
    return {
      items: page.map(({ id, answeredAt, delivery, ...rest }) => ({
        ...rest,
        id: String(id),
        answered_at: answeredAt.toISOString(),
        delivery: delivery === null ? null : String(delivery),
      })),
      next: found.length > limit ? String(page.at(-1)?.id) : null,
    }
  }),
]

const urlencoded = express.urlencoded({ extended: false, limit: '32kb', parameterLimit: 10 })

/**
 * The page behind an answer in a mail, by a signed link and without sign-in. Fetching it changes nothing, however many
 * machines look at a mail before its reader does: what counts is the form that is sent.
 */
export function surveyRouter(services: Services): Router {
  const { db, now, workflows } = services
  const router = Router()
  router.use('/s', (_request, response, next) => {
    response.set({
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      'X-Robots-Tag': 'noindex, nofollow',
      'Content-Security-Policy': SURVEY_POLICY,
    })
    next()
  })

  router.get('/s/:token', async (request, response) => {
    const token = tokenOf(request)
    if (token === 'test') return sendPage(services, response, { kind: 'test' }, null)
    const offered = await readOffered(db, token)
    await sendPage(services, response, offered === null ? { kind: 'unknown' } : { kind: 'ask', offered }, offered)
  })

  router.post(
    '/s/:token',
    (request, response, next) => urlencoded(request, response, () => next()),
    async (request: Request, response: Response) => {
      const offered = await readOffered(db, tokenOf(request))
      if (offered === null) return sendPage(services, response, { kind: 'unknown' }, null)
      const given = { answer: fieldOf(request, 'answer'), comment: fieldOf(request, 'comment') }
      const label = await recordAnswer(db, offered, given, now())
      workflows.wakeSegments()
      await sendPage(services, response, { kind: 'thanks', label }, offered)
    },
  )
  return router
}

function tokenOf(request: Request): string {
  const { token } = request.params
  return typeof token === 'string' ? token : ''
}

/** One field of a form; what is said twice, or is no text, is nothing. */
function fieldOf(request: Request, name: string): string {
  const body: unknown = request.body
  const value = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined
  return typeof value === 'string' ? value : ''
}

async function sendPage(
  { db }: Services,
  response: Response,
  state: SurveyState,
  offered: Offered | null,
): Promise<void> {
  const { name, language } = await readSettings(db)
  const page = surveyPage(state, mailLanguage(offered?.language ?? null, language), name)
  response
    .status(state.kind === 'unknown' ? 404 : 200)
    .type('html')
    .send(page)
}
