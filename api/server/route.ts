import type { Request, Response } from 'express'
import type { z } from 'zod'
import type { Actor } from '../../domain/audit/record.ts'
import type { Endpoint } from '../contract/endpoint.ts'
import type { Caller, Services } from './services.ts'

/** What the audit trail says of a call, where its handler knows better than can be seen from outside. */
export type Trail = {
  actor?: Actor
  entity?: string
  id?: string
  name?: string
  before?: unknown
  after?: unknown
}

/** A checked call: the parts have the types that the endpoint declares. `caller` is null on open endpoints only. */
export type Call<Params = unknown, Query = unknown, Body = unknown> = {
  params: Params
  query: Query
  body: Body
  caller: Caller | null
  services: Services
  /** For what only the handler can say about it. */
  trail: Trail
  /** For the few handlers that set cookies or headers. */
  request: Request
  response: Response
}

/** An answer with a status of its own; a handler that returns anything else answers with the endpoint's status. */
export class Answer<Body> {
  readonly status: number
  readonly body: Body
  constructor(status: number, body: Body) {
    this.status = status
    this.body = body
  }
}

/** A file that is written while it is read from the database; for endpoints that produce something else than JSON. */
export class Download {
  /** ASCII. */
  readonly name: string
  readonly pieces: AsyncIterable<string | Uint8Array>
  constructor(name: string, pieces: AsyncIterable<string | Uint8Array>) {
    this.name = name
    this.pieces = pieces
  }
}

/** An endpoint with the function that serves it. */
export type Route = { endpoint: Endpoint; handler: (call: Call<never, never, never>) => Promise<unknown> }

/** What a handler returns: the answer's body, or nothing where the endpoint answers with nothing. */
type Result<Body> =
  | Promise<Body | Answer<Body>>
  | (string extends Body ? Promise<Download> : never)
  | (undefined extends Body ? Promise<void> : never)

/** Pairs an endpoint with its handler, with the types of the one in the other. */
export function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, A>,
  handler: (call: Call<z.output<P>, z.output<Q>, z.output<B>>) => Result<z.input<A>>,
): Route {
  return { endpoint, handler }
}
