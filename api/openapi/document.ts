import type { Endpoint } from '../contract/endpoint.ts'
import { PROBLEM_SCHEMA, refusalResponses } from './answers.ts'
import { GUIDE } from './guide.ts'
import { IDEMPOTENCY_KEY, operation } from './operation.ts'
import { type Json, Schemas } from './schemas.ts'
import { TAGS } from './tags.ts'

/** The OpenAPI 3.1 document of a list of endpoints. */
export function openApiDocument(endpoints: readonly Endpoint[]): Json {
  const schemas = new Schemas()
  const described: Record<string, Json> = {}
  for (const endpoint of endpoints) {
    const path = described[endpoint.path] ?? {}
    path[endpoint.method] = operation(endpoint, schemas)
    described[endpoint.path] = path
  }
  const { document: paths, schemas: named } = schemas.finish(described)
  const used = new Set(endpoints.map(({ path }) => path.split('/')[1] ?? ''))
  return {
    openapi: '3.1.0',
    info: {
      title: 'Perennial',
      version: '1',
      summary: 'Facts in; segments, campaigns, deliveries and rewards out.',
      description: GUIDE,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v1', description: 'This installation' }],
    security: [{ apiKey: [] }, { session: [] }],
    tags: [...used].sort().map((name) => ({ name, ...TAGS[name] })),
    paths,
    components: {
      schemas: { Problem: PROBLEM_SCHEMA, ...named },
      responses: refusalResponses(),
      parameters: { IdempotencyKey: IDEMPOTENCY_KEY },
      securitySchemes: {
        apiKey: {
          type: 'http',
          scheme: 'bearer',
          description:
            '`Authorization: Bearer KEY`. Settings → API keys makes keys, each with the permissions it needs.',
        },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'perennial_session',
          description: 'What a browser has after signing in. Unsafe calls have to come from our own pages.',
        },
      },
    },
  }
}
