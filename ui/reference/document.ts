import { queryOptions } from '@tanstack/react-query'
import { ProblemError } from '../client/problem.ts'

/** A JSON Schema, as far as it is shown. */
export type Schema = {
  $ref?: string
  type?: string | string[]
  description?: string
  enum?: readonly unknown[]
  const?: unknown
  format?: string
  pattern?: string
  default?: unknown
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  items?: Schema
  prefixItems?: readonly Schema[]
  properties?: Readonly<Record<string, Schema>>
  required?: readonly string[]
  additionalProperties?: Schema | boolean
  anyOf?: readonly Schema[]
  oneOf?: readonly Schema[]
  allOf?: readonly Schema[]
}

export type Parameter = {
  $ref?: string
  name: string
  in: 'path' | 'query' | 'header'
  required?: boolean
  description?: string
  schema: Schema
}

type Content = Readonly<Record<string, { schema: Schema; example?: unknown }>>
export type Response = { $ref?: string; description?: string; content?: Content }

export type Operation = {
  operationId: string
  summary: string
  description?: string
  tags: readonly string[]
  parameters: readonly Parameter[]
  requestBody?: { required?: boolean; content: Content }
  responses: Readonly<Record<string, Response>>
  security?: readonly unknown[]
  'x-permission'?: string
}

/** The OpenAPI document of the API, as far as it is shown. */
export type OpenApi = {
  info: { title: string; summary?: string; description?: string }
  tags: readonly { name: string; description?: string }[]
  paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  components: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

/** A call with where it is. */
export type Call = Operation & { method: string; path: string }

export const ADDRESS = '/api/v1/openapi.json'

/** The document comes as it is from the server: it describes the contract, and is no part of it. */
export const documentQuery = queryOptions({
  queryKey: ['openapi'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async ({ signal }): Promise<OpenApi> => {
    const response = await fetch(ADDRESS, { signal }).catch(() => {
      throw new ProblemError('unreachable', 0)
    })
    if (!response.ok) throw new ProblemError('internal', response.status)
    return (await response.json()) as OpenApi
  },
})

const METHODS = ['get', 'post', 'put', 'patch', 'delete']

/** All calls by their address; of one address those that look come first. */
export const callsOf = ({ paths }: OpenApi): Call[] =>
  Object.entries(paths)
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ ...operation, method, path })),
    )
    .sort((a, b) =>
      a.path === b.path ? METHODS.indexOf(a.method) - METHODS.indexOf(b.method) : a.path < b.path ? -1 : 1,
    )

/** What a reference leads to. */
export function follow<Value extends { $ref?: string }>(document: OpenApi, value: Value): Value {
  if (value.$ref === undefined) return value
  const [, , kind = '', name = ''] = value.$ref.split('/')
  return (document.components[kind]?.[name] ?? {}) as Value
}

/** Those calls in which every word stands: in the address, the sentence, or the permission. */
export function search(calls: readonly Call[], words: string): Call[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  if (wanted.length === 0) return [...calls]
  return calls.filter((call) => {
    const text =
      `${call.method} ${call.path} ${call.summary} ${call['x-permission'] ?? ''} ${call.operationId}`.toLowerCase()
    return wanted.every((word) => text.includes(word))
  })
}
