import type { RequestHandler } from 'express'
import { readTraceparent } from '../../domain/traceContext.ts'
import { currentTracing } from '../../domain/tracing/tracing.ts'

/** What orchestrators ask every few seconds is nobody's request. */
const UNTOLD: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics'])

/**
 * Each request is a span by the template of its route, never by its address: that has ids and what people look for. It begins a
 * trace of its own and names the caller's (`traceparent`): who calls from outside decides neither what we keep nor
 * under which id.
 */
export function traceRequests(): RequestHandler {
  return (request, response, next) => {
    const tracing = currentTracing()
    if (tracing === null || UNTOLD.has(request.path)) return next()
    const { method } = request
    const link = readTraceparent(request.get('traceparent'))
    const span = tracing.start(method, { kind: 'server', attributes: { 'http.request.method': method }, link })
    const { traceId, spanId, sampled } = span.point
    response.locals.trace = { trace_id: traceId, span_id: spanId }
    if (sampled) response.locals.traceId = traceId
    response.once('close', () => {
      const { route, requestId, problem } = response.locals as { route?: string; requestId?: string; problem?: string }
      if (route !== undefined) {
        span.rename(`${method} ${route}`)
        span.set({ 'http.route': route })
      }
      const status = response.writableFinished ? response.statusCode : 499
      span.set({
        'http.response.status_code': status,
        'perennial.request': String(requestId),
        ...(problem === undefined ? {} : { 'perennial.problem': problem }),
      })
      if (status >= 500) span.fail(problem ?? String(status))
      span.end()
    })
    tracing.within(span, next)
  }
}
