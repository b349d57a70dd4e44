import express, { type Router } from 'express'
import { findApiKey } from '../../domain/access/findApiKey.ts'
import { Problem } from '../../domain/errors.ts'
import { hasPermission } from '../../rules/access/permissions.ts'
import { checkHealth } from './checkHealth.ts'
import type { HttpMetrics } from './metrics.ts'
import type { Services } from './services.ts'

/** What operators and orchestrators ask: `/healthz`, `/readyz`, `/metrics`. None of them is part of the API. */
export function operations(services: Services, metrics: HttpMetrics, apiKey: string | undefined): Router {
  const router = express.Router()
  router.use(['/healthz', '/readyz', '/metrics'], (_request, response, next) => {
    response.set('Cache-Control', 'no-store')
    next()
  })
  router.get('/healthz', (_request, response) => {
    response.locals.route = '/healthz'
    response.json({ status: 'alive' })
  })
  router.get('/readyz', async (_request, response) => {
    response.locals.route = '/readyz'
    const parts = await checkHealth(services)
    const ready = Object.values(parts).every(({ up }) => up)
    response.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'not ready', ...parts })
  })
  // figures tell how the business goes: free on this machine, with a key from elsewhere
  router.get('/metrics', async (request, response) => {
    response.locals.route = '/metrics'
    if (!isLoopback(request.ip)) {
      const [, key] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? []
      const found = key === undefined ? null : await findApiKey(services.db, key, apiKey, services.now())
      // the figures are the whole business's
      if (
        found === null ||
        !hasPermission({ scopes: found.scopes, ofProvider: found.providerId !== null }, 'settings.read')
      ) {
        throw new Problem('unauthenticated', 'From another machine, /metrics needs `Authorization: Bearer KEY`.')
      }
    }
    response.set('Content-Type', metrics.contentType).end(await metrics.text())
  })
  return router
}

const isLoopback = (address: string | undefined): boolean => address === '::1' || /^(::ffff:)?127\./.test(address ?? '')
