import type { z } from 'zod'
import type { Endpoint } from '../../api/contract/endpoint.ts'
import { addressOf } from './address.ts'
import { ProblemError, problemFrom } from './problem.ts'
import { tellSessionEnded } from './sessionEnd.ts'

/** A query as a page writes it: typed as the server reads it, optional where the server has a default. */
type QueryOf<Query extends z.ZodType> = {
  [Name in keyof z.output<Query> as Name extends keyof z.input<Query>
    ? undefined extends z.input<Query>[Name]
      ? never
      : Name
    : never]: z.output<Query>[Name]
} & { [Name in keyof z.output<Query>]?: z.output<Query>[Name] | undefined }

type PartOf<Name extends string, Schema extends z.ZodType, Value> =
  z.output<Schema> extends undefined
    ? { [Key in Name]?: undefined }
    : undefined extends z.input<Schema>
      ? { [Key in Name]?: Value | undefined }
      : Record<string, never> extends Value
        ? { [Key in Name]?: Value | undefined }
        : { [Key in Name]: Value }

/** What a call takes: just the parts that its endpoint declares. */
export type Parts<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = PartOf<'params', P, z.input<P>> &
  PartOf<'query', Q, QueryOf<Q>> &
  PartOf<'body', B, z.input<B>> & {
    /** Stops the call, as TanStack Query does when its page is left. */
    signal?: AbortSignal | undefined
    /** Give the same key again when the same act is tried again; without one every call is an act of its own. */
    idempotencyKey?: string | undefined
  }

/**
 * Calls the API.
 * @returns the answer as the contract declares it (undefined where it has no body)
 * @throws ProblemError when the API refuses, breaks or cannot be reached
 */
export async function call<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, A>,
  ...[parts]: Record<string, never> extends Parts<P, Q, B> ? [Parts<P, Q, B>?] : [Parts<P, Q, B>]
): Promise<z.output<A>> {
  const given: {
    params?: unknown
    query?: unknown
    body?: unknown
    signal?: AbortSignal | undefined
    idempotencyKey?: string | undefined
  } = parts ?? {}
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': spokenLanguage() }
  if (given.body !== undefined) headers['content-type'] = 'application/json'
  if (endpoint.method !== 'get') headers['idempotency-key'] = given.idempotencyKey ?? newKey()

  const response = await send(addressOf(endpoint.path, asRecord(given.params), asRecord(given.query)), {
    method: endpoint.method.toUpperCase(),
    headers,
    credentials: 'same-origin',
    body: given.body === undefined ? null : JSON.stringify(given.body),
    signal: given.signal ?? null,
  })
  const text = await response.text()
  const body = parse(text)
  if (response.ok) return body as z.output<A>
  const problem = problemFrom(response.status, body)
  if (problem.code === 'unauthenticated') tellSessionEnded()
  throw problem
}

/** The language of the page, in which problems are answered; English where there is no page. */
const spokenLanguage = (): string => (typeof document === 'undefined' ? '' : document.documentElement.lang) || 'en'

async function send(address: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(address, request)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ProblemError('unreachable', 0)
  }
}

function parse(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

/** `crypto.randomUUID` is missing where the page came over plain HTTP from another machine. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
