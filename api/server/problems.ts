import type { ErrorRequestHandler, Request, Response } from 'express'
import type { Logger } from 'pino'
import { PROBLEMS, Problem } from '../../domain/errors.ts'
import { isAway } from '../../domain/isAway.ts'
import { inLanguage } from './problemWords/index.ts'
import { LANGUAGES } from './problemWords/sentence.ts'

/** The `type` of a problem document. `docs/api-errors.md` has one paragraph for each code. */
export const problemType = (code: string): string => `urn:perennial:problem:${code}`

/** A {@link Problem} as an RFC 9457 document. `instance` names the request, also in our log; `trace_id` the trace that is kept of it. */
export function problemDocument(
  problem: Problem,
  requestId: string,
  traceId?: string,
): { status: number; body: Record<string, unknown> } {
  const { status, title } = PROBLEMS[problem.code]
  const body: Record<string, unknown> = {
    type: problemType(problem.code),
    title,
    status,
    detail: problem.message,
    instance: `urn:perennial:request:${requestId}`,
    ...problem.extra,
  }
  if (traceId !== undefined) body.trace_id = traceId
  if (problem.mistakes.length > 0) body.errors = problem.mistakes
  return { status, body }
}

/** A problem with its sentences in the language that the caller asked for, as far as they are written in it. */
function said(problem: Problem, language: string): Problem {
  const mistakes = problem.mistakes.map((one) => ({ ...one, message: inLanguage(one.message, language) }))
  return new Problem(problem.code, inLanguage(problem.message, language), mistakes, problem.extra)
}

/** Answers with a problem document, in the caller's language. */
export function sendProblem(response: Response, problem: Problem): void {
  const language = response.req.acceptsLanguages(...LANGUAGES) || 'en'
  const { status, body } = problemDocument(said(problem, language), requestId(response), response.locals.traceId)
  response.locals.problem = problem.code
  response.vary('Accept-Language')
  if (status === 401) response.set('WWW-Authenticate', 'Bearer')
  const seconds = problem.extra.retry_after
  if (typeof seconds === 'number') response.set('Retry-After', String(seconds))
  response.status(status).type('application/problem+json').send(JSON.stringify(body))
}

/** The last handler: what callers can do something about is answered as it is, the rest is ours, logged and hidden. */
export function answerErrors(log: Logger): ErrorRequestHandler {
  return (error: unknown, _request: Request, response: Response, next) => {
    const problem = asProblem(error)
    if (problem.code === 'internal') log.error({ err: error, request: requestId(response) }, 'request failed')
    else if (isAway(error)) log.warn({ err: error, request: requestId(response) }, 'the database is away')
    if (response.headersSent) next(error)
    else sendProblem(response, problem)
  }
}

/** The id that the first middleware gave the request. */
const requestId = (response: Response): string => String(response.locals.requestId)

const AWAY =
  'The database does not answer, or more is asked of it than it can do at the moment. Whether the call took effect is not ' +
  'known; try again with the same Idempotency-Key.'

/** What Express and its body reader throw, told apart by their `type` and `status`. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (isAway(error)) return new Problem('unavailable', AWAY, [], { retry_after: 1 })
  const { type, status, limit } = (error ?? {}) as { type?: unknown; status?: unknown; limit?: unknown }
  if (type === 'entity.too.large') return new Problem('too_large', `The body may have at most ${String(limit)} bytes.`)
  if (type === 'encoding.unsupported') {
    return new Problem('unsupported_media_type', 'Content-Encoding may be gzip, deflate, br or identity.')
  }
  if (status === 404 || status === 403) return new Problem('not_found', 'There is nothing at this address.')
  if (error instanceof URIError || (typeof status === 'number' && status >= 400 && status < 500)) {
    return new Problem('invalid', 'The request could not be read: a part of it is damaged or badly encoded.')
  }
  return new Problem('internal', 'This was logged; its id is in `instance`. Trying again later may help.')
}
