import { z } from 'zod'
import { rolesWith } from '../../rules/access/permissions.ts'
import type { Endpoint } from '../contract/endpoint.ts'
import { refusalsOf } from '../contract/refusals.ts'
import { REQUEST_ID, refusalReference } from './answers.ts'
import { EXAMPLES } from './examples.ts'
import type { Json, Schemas } from './schemas.ts'

export const IDEMPOTENCY_KEY: Json = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'The same key with the same request is done once; its answer is kept for 24 hours and comes again with ' +
    '`Idempotency-Replayed: true`. With another request it is a 422, while the first call runs a 409.',
  schema: { type: 'string', minLength: 1, maxLength: 128, pattern: '^[\\x21-\\x7e]{1,128}$' },
}

const REPLAYED: Json = {
  'Idempotency-Replayed': {
    description: 'The call was done before under this Idempotency-Key; this is its answer',
    schema: { type: 'string', const: 'true' },
  },
}

/** One call, as OpenAPI describes it. */
export function operation(endpoint: Endpoint, schemas: Schemas): Json {
  const described: Json = {
    operationId: operationId(endpoint),
    summary: endpoint.summary,
    tags: [endpoint.path.split('/')[1]],
    parameters: [
      ...parameters(endpoint, 'path', schemas),
      ...parameters(endpoint, 'query', schemas),
      ...(isKeyed(endpoint) ? [{ $ref: '#/components/parameters/IdempotencyKey' }] : []),
    ],
    responses: responses(endpoint, schemas),
  }
  if (endpoint.permission === 'open') described.security = []
  else if (endpoint.permission !== 'signed_in') {
    described.description = `Needs the permission \`${endpoint.permission}\`: ${rolesWith(endpoint.permission).join(', ')}.`
    described['x-permission'] = endpoint.permission
  }
  if (!isNothing(endpoint.body)) {
    const example = EXAMPLES[`${endpoint.method} ${endpoint.path}`]
    described.requestBody = {
      required: !endpoint.body.safeParse(undefined).success,
      content: {
        'application/json': {
          schema: schemas.take(endpoint.body, 'input'),
          ...(example === undefined ? {} : { example }),
        },
      },
    }
  }
  return described
}

const isKeyed = ({ method, permission, secret }: Endpoint): boolean =>
  method !== 'get' && permission !== 'open' && !secret

const isNothing = (schema: z.ZodType): boolean => schema instanceof z.ZodUndefined

/** `POST /segments/{id}/recompute` is `postSegmentsIdRecompute`: stable as long as the address is. */
function operationId({ method, path }: Endpoint): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter((word) => word !== '')
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}

const withoutDescription = ({ description: _, ...schema }: Json): Json => schema

function parameters(endpoint: Endpoint, where: 'path' | 'query', schemas: Schemas): Json[] {
  const declared = where === 'path' ? endpoint.params : endpoint.query
  if (!(declared instanceof z.ZodObject)) return []
  return Object.entries(declared.shape as Record<string, z.ZodType>).map(([name, schema]) => {
    // what comes out of coercion and splitting is what the text in the address means; other changes have no schema
    const { description, ...result } = schemas.take(schema, 'output')
    const meant = Object.keys(result).length > 0 ? result : withoutDescription(schemas.take(schema, 'input'))
    return {
      name,
      in: where,
      required: where === 'path' || !schema.safeParse(undefined).success,
      ...(description === undefined ? {} : { description }),
      schema: meant,
      ...(where === 'query' ? { style: 'form', explode: false } : {}),
    }
  })
}

function responses(endpoint: Endpoint, schemas: Schemas): Json {
  const good: Json = {
    description: endpoint.summary,
    headers: { ...REQUEST_ID, ...(isKeyed(endpoint) ? REPLAYED : {}) },
  }
  if (!isNothing(endpoint.answer)) {
    good.content = { [endpoint.produces]: { schema: schemas.take(endpoint.answer, 'output') } }
  }
  const answers: Json = {}
  for (const status of [endpoint.status, ...endpoint.statuses]) answers[status] = good
  for (const status of refusalsOf(endpoint)) answers[status] = refusalReference(status)
  return answers
}
