import { z } from 'zod'
import { PROBLEMS } from '../domain/errors.ts'
import { rolesWith } from '../rules/access/permissions.ts'
import type { Endpoint } from './contract/endpoint.ts'

type Json = Record<string, unknown>

/** The OpenAPI 3.1 document of a list of endpoints. */
export function openApiDocument(endpoints: readonly Endpoint[]): Json {
  const schemas: Json = {
    Problem: {
      type: 'object',
      description: 'RFC 9457. `type` is urn:perennial:problem:CODE.',
      required: ['type', 'title', 'status', 'detail'],
      properties: {
        type: { type: 'string', enum: Object.keys(PROBLEMS).map((code) => `urn:perennial:problem:${code}`) },
        title: { type: 'string' },
        status: { type: 'integer' },
        detail: { type: 'string' },
        instance: { type: 'string' },
        errors: {
          type: 'array',
          items: {
            type: 'object',
            required: ['path', 'message'],
            properties: {
              path: { type: 'string', description: 'A JSON Pointer into the body, or /params/…, /query/…, /headers/…' },
              message: { type: 'string' },
              line: { type: 'integer', description: 'In a text of several lines; counted from 1, as `column`' },
              column: { type: 'integer' },
            },
          },
        },
      },
    },
  }
  const paths: Record<string, Json> = {}
  for (const endpoint of endpoints) {
    const path = paths[endpoint.path] ?? {}
    path[endpoint.method] = operation(endpoint, schemas)
    paths[endpoint.path] = path
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Perennial',
      version: '1',
      description: 'Facts in; segments, campaigns and deliveries out. Instants are RFC 3339, money is in minor units.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v1' }],
    security: [{ apiKey: [] }, { session: [] }],
    paths,
    components: {
      schemas,
      responses: { Problem: problemResponse('What went wrong, and what is allowed') },
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'perennial_session' },
      },
    },
  }
}

function operation(endpoint: Endpoint, schemas: Json): Json {
  const described: Json = {
    operationId: operationId(endpoint),
    summary: endpoint.summary,
    tags: [endpoint.path.split('/')[1]],
    parameters: [...parameters(endpoint, 'path', schemas), ...parameters(endpoint, 'query', schemas)],
    responses: responses(endpoint, schemas),
  }
  if (endpoint.method !== 'get' && endpoint.permission !== 'open')
    (described.parameters as Json[]).push(IDEMPOTENCY_KEY)
  if (endpoint.permission === 'open') described.security = []
  else if (endpoint.permission !== 'signed_in') {
    described.description = `Needs the permission \`${endpoint.permission}\`: ${rolesWith(endpoint.permission).join(', ')}.`
    described['x-permission'] = endpoint.permission
  }
  if (!isNothing(endpoint.body)) {
    described.requestBody = {
      required: !endpoint.body.safeParse(undefined).success,
      content: { 'application/json': { schema: toSchema(endpoint.body, 'input', schemas) } },
    }
  }
  return described
}

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'The same key with the same request is done once; the answer is kept for 24 hours.',
  schema: { type: 'string', minLength: 1, maxLength: 128 },
}

const isNothing = (schema: z.ZodType): boolean => schema instanceof z.ZodUndefined

/** `POST /segments/{id}/recompute` is `postSegmentsIdRecompute`: stable as long as the address is. */
function operationId({ method, path }: Endpoint): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter((word) => word !== '')
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}

function parameters(endpoint: Endpoint, where: 'path' | 'query', schemas: Json): Json[] {
  const declared = where === 'path' ? endpoint.params : endpoint.query
  if (!(declared instanceof z.ZodObject)) return []
  return Object.entries(declared.shape as Record<string, z.ZodType>).map(([name, schema]) => ({
    name,
    in: where,
    required: where === 'path' || !schema.safeParse(undefined).success,
    // what comes out of coercion and splitting is what the text in the address means
    schema: toSchema(schema, 'output', schemas),
    ...(where === 'query' ? { style: 'form', explode: false } : {}),
  }))
}

function responses(endpoint: Endpoint, schemas: Json): Json {
  const good: Json = { description: endpoint.summary }
  if (!isNothing(endpoint.answer)) {
    good.content = { [endpoint.produces]: { schema: toSchema(endpoint.answer, 'output', schemas) } }
  }
  const answers: Json = { [String(endpoint.status)]: good }
  // an ingest that stored some and refused some tells so in the shape of a good answer
  if (endpoint.path === '/ingest') answers[207] = good
  const refusals = ['400', '413', '415', '429', '500', '503']
  if (endpoint.permission !== 'open') refusals.push('401', '403')
  if (!isNothing(endpoint.params)) refusals.push('404')
  if (endpoint.method !== 'get') refusals.push('409', '422')
  for (const status of refusals) answers[status] ??= { $ref: '#/components/responses/Problem' }
  answers.default = { $ref: '#/components/responses/Problem' }
  return answers
}

const problemResponse = (description: string): Json => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
})

/** A zod schema as JSON Schema; schemas with an id of their own go into `schemas` and are referred to. */
function toSchema(schema: z.ZodType, io: 'input' | 'output', schemas: Json): Json {
  // as the entry of a list, a schema with an id is a reference itself
  const { items, $defs } = z.toJSONSchema(z.array(schema), { io, unrepresentable: 'any' }) as Json
  for (const [name, definition] of Object.entries(($defs ?? {}) as Json)) schemas[name] ??= relocate(definition)
  return relocate(items) as Json
}

/** Points references at the place where OpenAPI keeps schemas. */
function relocate(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(relocate)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'id' || typeof (value as Json).id !== 'string')
      .map(([key, part]) => [
        key,
        key === '$ref' ? String(part).replace('#/$defs/', '#/components/schemas/') : relocate(part),
      ]),
  )
}
