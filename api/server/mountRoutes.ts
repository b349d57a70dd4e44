import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import express, { type RequestHandler, type Response, type Router } from 'express'
import { z } from 'zod'
import { PROBLEMS, Problem } from '../../domain/errors.ts'
import type { StoredAnswer } from '../../domain/idempotency/claimKey.ts'
import type { Endpoint } from '../contract/endpoint.ts'
import { refusalsOf } from '../contract/refusals.ts'
import { ownProvider } from '../ownProvider.ts'
import { audited, auditRefusal } from './auditCalls.ts'
import { authenticate } from './authenticate.ts'
import { checkInput } from './checkInput.ts'
import { followMerges } from './followMerges.ts'
import { once } from './idempotency.ts'
import { keepToOwn } from './keepToOwn.ts'
import { asProblem } from './problems.ts'
import { readBody } from './readBody.ts'
import { requirePermission } from './requirePermission.ts'
import { Answer, type Call, Download, type Route, type Trail } from './route.ts'
import type { Services } from './services.ts'

export type MountOptions = {
  /** The key that the environment gives all rights to. */
  apiKey?: string | undefined
  /** Checks every answer with its schema (tests and development); a wrong one is a failure of ours. */
  checkAnswers?: boolean
}

/**
 * A router with one handler for each route. Fixed paths win over those with parameters, whatever the order of the list;
 * a known address with another method is a 405.
 */
export function mountRoutes(services: Services, routes: readonly Route[], options: MountOptions = {}): Router {
  const router = express.Router({ caseSensitive: true })
  const sorted = [...routes].sort((a, b) => parameters(a) - parameters(b))
  for (const path of new Set(sorted.map(({ endpoint }) => endpoint.path))) {
    for (const route of sorted.filter(({ endpoint }) => endpoint.path === path)) {
      router[route.endpoint.method](expressPath(path), serve(services, route, options))
    }
    router.all(expressPath(path), refuseOthers(methodsOf(routes, path)))
  }
  return router
}

/**
 * The methods that an address with this path takes: its own, and those of a path with a parameter that takes its words, too
 * (`/automations/check` may be an automation). What the other path would refuse for its words alone is none of them.
 */
function methodsOf(routes: readonly Route[], path: string): string[] {
  const words = path.split('/')
  const taken = routes.filter(({ endpoint }) => {
    if (endpoint.path === path) return true
    const other = endpoint.path.split('/')
    const params: Record<string, string> = {}
    const fits = other.every((word, n) => {
      const [, name] = /^\{(\w+)\}$/.exec(word) ?? []
      if (name !== undefined && !words[n]?.startsWith('{')) params[name] = words[n] ?? ''
      return name === undefined ? word === words[n] : !words[n]?.startsWith('{') || word === words[n]
    })
    // asked last: a schema made for each pair of paths would take longer than all the rest of a start
    if (other.length !== words.length || !fits) return false
    const known = endpoint.params instanceof z.ZodObject ? endpoint.params.partial() : endpoint.params
    return known.safeParse(params).success
  })
  return [...new Set(taken.map(({ endpoint }) => endpoint.method))]
}

const parameters = ({ endpoint }: Route): number => endpoint.path.split('{').length
const expressPath = (path: string): string => path.replaceAll('{', ':').replaceAll('}', '')

function refuseOthers(methods: readonly string[]): RequestHandler {
  const allowed = methods.map((method) => method.toUpperCase()).join(', ')
  return (request, response, next) => {
    // a path with a parameter takes it: another handler is behind this one
    const method = request.method === 'HEAD' ? 'get' : request.method.toLowerCase()
    if (methods.includes(method)) return next()
    response.set('Allow', allowed)
    throw new Problem('method_not_allowed', `${request.method} is not possible here; ${allowed} is.`)
  }
}

/** {@link answer}; where answers are checked, a refusal that the OpenAPI document doesn't have is a failure of ours, too. */
function serve(services: Services, route: Route, options: MountOptions): RequestHandler {
  const handle = answer(services, route, options)
  if (options.checkAnswers !== true) return handle
  const { method, path } = route.endpoint
  const declared = refusalsOf(route.endpoint)
  return async (request, response, next) => {
    try {
      await handle(request, response, next)
    } catch (error) {
      const { status } = PROBLEMS[asProblem(error).code]
      if (declared.includes(status)) throw error
      throw new Error(`${method} ${path} is refused with ${status}, which is not declared`, { cause: error })
    }
  }
}

/** The way of one call: who, what, allowed, once, answer. The body is read only after the caller is known. */
function answer(services: Services, { endpoint, handler }: Route, options: MountOptions): RequestHandler {
  return async (request, response) => {
    response.locals.route = endpoint.path
    const caller = await authenticate(request, response, services, options.apiKey)
    try {
      requirePermission(caller, endpoint.permission)
    } catch (error) {
      if (caller !== null && error instanceof Problem)
        await auditRefusal({ endpoint, request, caller, services }, error)
      throw error
    }
    const { bytes, value } = await readBody(request, response, endpoint.maxBytes)
    const given = checkInput(endpoint, { params: { ...request.params }, query: { ...request.query }, body: value })
    const checked = await followMerges(services.db, endpoint, given)
    const own = caller === null || endpoint.permission === 'signed_in' ? null : ownProvider(caller)
    const input = own === null ? checked : await keepToOwn(services.db, endpoint, checked, own)
    const trail: Trail = {}
    const call = { ...input, caller, services, trail, request, response }

    if (endpoint.produces !== 'application/json') {
      const made = () => Promise.resolve(handler(call as Call<never, never, never>))
      return sendFile(
        response,
        endpoint.produces,
        await audited({ endpoint, request, caller, input, services }, trail, made),
      )
    }
    const work = async (): Promise<StoredAnswer> => {
      const result = await audited({ endpoint, request, caller, input, services }, trail, () =>
        handler(call as Call<never, never, never>),
      )
      const { status, body } = result instanceof Answer ? result : { status: endpoint.status, body: result }
      if (options.checkAnswers) checkAnswer(endpoint, status, body)
      return { status, body: body === undefined ? null : JSON.stringify(body) }
    }
    // what must not be kept is not kept as an answer either
    if (caller === null || endpoint.secret) return send(response, await work())
    const { answer: kept, replayed } = await once(
      { request, caller, bytes, services, repeatable: !endpoint.once },
      work,
    )
    if (replayed) response.set('Idempotency-Replayed', 'true')
    send(response, kept)
  }
}

function checkAnswer({ answer, status, statuses }: Endpoint, given: number, body: unknown): void {
  if (![status, ...statuses].includes(given)) throw new Error(`The answer’s status ${given} is not declared`)
  const result = answer.safeParse(body)
  if (!result.success) throw new Error(`The answer is not as declared: ${z.prettifyError(result.error)}`)
}

function send(response: Response, { status, body }: StoredAnswer): void {
  response.status(status)
  if (body === null) response.end()
  else response.type('application/json').send(body)
}

/**
 * Sends a file as it is written, no faster than it is taken. The first piece is waited for, so that what is wrong at the
 * beginning is still answered as a problem; what goes wrong later cuts the file off, and its reader sees that.
 */
async function sendFile(response: Response, type: string, file: unknown): Promise<void> {
  if (!(file instanceof Download)) throw new Error('The handler of a file has to return one')
  const pieces = file.pieces[Symbol.asyncIterator]()
  const first = await pieces.next()
  response.status(200).type(type).set('Content-Disposition', `attachment; filename="${file.name}"`)
  const all = async function* () {
    if (!first.done) yield first.value
    for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value
  }
  try {
    await pipeline(Readable.from(all()), response)
  } catch (error) {
    // whoever asked has gone: nobody is left to tell
    if (!response.destroyed) response.destroy()
    if ((error as { code?: unknown }).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
  }
}
