import { PROBLEMS, type ProblemCode } from '../../domain/errors.ts'
import type { Json } from './schemas.ts'

const codes = Object.keys(PROBLEMS) as ProblemCode[]

/** RFC 9457. */
export const PROBLEM_SCHEMA: Json = {
  type: 'object',
  description: 'RFC 9457. `type` is urn:perennial:problem:CODE; decide by it.',
  required: ['type', 'title', 'status', 'detail', 'instance'],
  properties: {
    type: { type: 'string', enum: codes.map((code) => `urn:perennial:problem:${code}`) },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What is wrong, for people' },
    instance: { type: 'string', description: 'Names the request, also in our log' },
    errors: {
      type: 'array',
      description: 'Every mistake',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: {
          path: { type: 'string', description: 'A JSON Pointer into the body, or /params/…, /query/…, /headers/…' },
          message: { type: 'string', description: 'What is allowed there' },
          line: { type: 'integer', description: 'In a text of several lines; counted from 1, as `column`' },
          column: { type: 'integer' },
        },
      },
    },
    trace_id: { type: 'string', description: 'The trace that is kept of the request, where traces are collected' },
    retry_after: { type: 'integer', description: 'Seconds after which trying again may help' },
    permission: { type: 'string', description: 'The permission that is missing' },
    roles: { type: 'array', items: { type: 'string' }, description: 'Who has that permission' },
  },
}

/** When each refusal comes, and the headers that it has. */
const REFUSALS: Record<number, { name: string; when: string; headers?: Json }> = {
  400: { name: 'Invalid', when: 'Something in the request is not allowed; `errors` names every mistake.' },
  401: { name: 'Unauthenticated', when: 'No key, an unknown one, or wrong credentials.', headers: authenticate() },
  403: { name: 'Forbidden', when: 'The permission is missing, or another site’s page asks.' },
  404: { name: 'NotFound', when: 'What the request names does not exist, or is another provider’s.' },
  405: { name: 'MethodNotAllowed', when: 'The address takes other methods.', headers: allow() },
  409: { name: 'Conflict', when: 'It does not go together with how things are now.', headers: retryAfter() },
  413: { name: 'TooLarge', when: 'The body, or the number of items in it, is too large.' },
  415: { name: 'UnsupportedMediaType', when: 'The body is not JSON, or packed in a way that is not known.' },
  422: { name: 'IdempotencyMismatch', when: 'The Idempotency-Key was used for another request.' },
  429: { name: 'TooManyRequests', when: 'Too many attempts.', headers: retryAfter() },
  500: { name: 'Internal', when: 'A mistake of ours; `instance` finds it in our log.' },
  503: { name: 'Unavailable', when: 'A part that is needed for this is not reachable.', headers: retryAfter() },
}

/** Present on every answer. */
export const REQUEST_ID: Json = {
  'X-Request-Id': { description: 'Names the request, also in our log', schema: { type: 'string', format: 'uuid' } },
}

/** All refusals, as `components.responses`. */
export function refusalResponses(): Json {
  return Object.fromEntries(
    Object.entries(REFUSALS).map(([status, { name, when, headers }]) => [
      name,
      {
        description: when,
        headers: { ...REQUEST_ID, ...headers },
        content: {
          'application/problem+json': {
            schema: { $ref: '#/components/schemas/Problem' },
            example: exampleOf(Number(status)),
          },
        },
      },
    ]),
  )
}

/** Where a refusal with this status is described. */
export function refusalReference(status: number): Json {
  const refusal = REFUSALS[status]
  if (refusal === undefined) throw new Error(`The status ${status} has no description: add it to REFUSALS`)
  return { $ref: `#/components/responses/${refusal.name}` }
}

const MISTAKES: Record<number, { detail: string; errors: Json[] }> = {
  400: { detail: '/name: Too small', errors: [{ path: '/name', message: 'Has to have at least 1 character' }] },
}

function exampleOf(status: number): Json {
  const code = codes.find((known) => PROBLEMS[known].status === status) as ProblemCode
  const { title } = PROBLEMS[code]
  return {
    type: `urn:perennial:problem:${code}`,
    title,
    status,
    ...(MISTAKES[status] ?? { detail: REFUSALS[status]?.when }),
    instance: 'urn:perennial:request:6ba7b810-9dad-41d1-80b4-00c04fd430c8',
  }
}

function retryAfter(): Json {
  return { 'Retry-After': { description: 'Seconds to wait, where waiting helps', schema: { type: 'integer' } } }
}

function allow(): Json {
  return { Allow: { description: 'The methods that the address takes', schema: { type: 'string' } } }
}

function authenticate(): Json {
  return { 'WWW-Authenticate': { description: 'How to say who calls', schema: { type: 'string' } } }
}
