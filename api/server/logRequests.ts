import { randomUUID } from 'node:crypto'
import type { RequestHandler } from 'express'
import type { Logger } from 'pino'
import type { HttpMetrics } from './metrics.ts'

/** Gives each request an id (also in the answer's `X-Request-Id`), and logs and measures it when it is done. */
export function logRequests(log: Logger, metrics: HttpMetrics): RequestHandler {
  return (request, response, next) => {
    const began = performance.now()
    const id = randomUUID()
    response.locals.requestId = id
    response.set('X-Request-Id', id)
    response.once('close', () => {
      const { method } = request
      const route = String(response.locals.route ?? 'other')
      const milliseconds = performance.now() - began
      const status = response.writableFinished ? response.statusCode : 499
      metrics.observe(method, route, status, milliseconds / 1000)
      log.info(
        { request: id, method, route, status, ms: Math.round(milliseconds), ...response.locals.trace },
        'request',
      )
    })
    next()
  }
}
