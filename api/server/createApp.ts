import compression from 'compression'
import express, { type Express, type Router } from 'express'
import { Problem } from '../../domain/errors.ts'
import { logRequests } from './logRequests.ts'
import { makeMetrics } from './metrics.ts'
import { type MountOptions, mountRoutes } from './mountRoutes.ts'
import { openApiRouter } from './openApiRouter.ts'
import { operations } from './operations.ts'
import { answerErrors } from './problems.ts'
import type { Route } from './route.ts'
import { securityHeaders } from './securityHeaders.ts'
import { serveUi } from './serveUi.ts'
import type { Services } from './services.ts'
import { traceRequests } from './traceRequests.ts'

export type AppOptions = MountOptions & {
  /** Pages for customers, without sign-in: they come before the UI. */
  publicPages?: ReadonlyArray<(services: Services) => Router>
  /** The folder with the built UI; without it there are no pages. */
  uiDir?: string | undefined
  /** Whose `X-Forwarded-For` is believed: addresses and networks with commas; this machine's when not said. */
  trustProxy?: string | undefined
}

/** The whole HTTP side as one Express app: it listens to nothing yet and holds no connection of its own. */
export function createApp(services: Services, routes: readonly Route[], options: AppOptions = {}): Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('etag', false)
  app.set('query parser', 'simple')
  // a reverse proxy may say who the caller is; nobody else is believed
  app.set('trust proxy', options.trustProxy ?? 'loopback')
  const metrics = makeMetrics(services)

  app.use(traceRequests())
  app.use(logRequests(services.log, metrics))
  app.use(securityHeaders(services.publicUrl))
  app.use(compression())
  app.use(operations(services, metrics, options.apiKey))

  app.use('/api', (_request, response, next) => {
    response.set('Cache-Control', 'no-store')
    next()
  })
  app.use('/api/v1', openApiRouter(routes))
  app.use('/api/v1', mountRoutes(services, routes, options))
  app.use('/api', () => {
    throw new Problem('not_found', 'The API has nothing at this address. /api/v1/openapi.json lists what there is.')
  })

  app.use(['/t', '/u', '/s', '/i'], (request, response, next) => {
    response.locals.route = request.baseUrl
    // the open pixel is shown inside other people's pages: in web mail
    response.set('Cross-Origin-Resource-Policy', 'cross-origin')
    next()
  })
  app.use(['/push', '/hooks'], (request, response, next) => {
    response.locals.route = request.baseUrl
    next()
  })
  for (const pages of options.publicPages ?? []) app.use(pages(services))
  if (options.uiDir !== undefined) app.use(serveUi(options.uiDir))
  app.use(() => {
    throw new Problem('not_found', 'There is nothing at this address.')
  })
  app.use(answerErrors(services.log))
  return app
}
