import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { z } from 'zod'
import type { Endpoint } from '../../api/contract/endpoint.ts'
import { INGESTED } from '../../api/contract/ingest.ts'
import { EXAMPLES } from '../../api/openapi/examples.ts'
import { Schemas } from '../../api/openapi/schemas.ts'
import { routes } from '../../api/routes.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

type Json = Record<string, unknown>
type Operation = {
  operationId: string
  summary: string
  tags: string[]
  parameters: Array<{ name: string; in: string; required: boolean; schema: Json; $ref?: string }>
  requestBody?: { content: Record<string, { schema: Json }> }
  responses: Record<string, Json>
  security?: unknown[]
}
type Document = {
  openapi: string
  tags: Array<{ name: string; description?: string }>
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Json>; securitySchemes: Json }
}

const isEndpoint = (value: unknown): value is Endpoint =>
  typeof value === 'object' && value !== null && 'method' in value && 'answer' in value

let database: TestDatabase
let api: TestApi
let document: Document
beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.db)
  // a connection that was kept may be closed while the tests before the last one compute
  const response = await fetch(`${api.url}/api/v1/openapi.json`, { headers: { connection: 'close' } })
  expect(response.status).toBe(200)
  document = (await response.json()) as Document
})
afterAll(async () => {
  await api?.close()
  await database?.drop()
})

function endpointOf(method: string, path: string): Endpoint {
  const found = routes.find(({ endpoint }) => endpoint.method === method && endpoint.path === path)
  if (found === undefined) throw new Error(`There is no ${method} ${path}`)
  return found.endpoint
}

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )

/** Every object in a value, with the way to it. */
function* objects(value: unknown, way = '#'): Generator<{ way: string; object: Json }> {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) yield { way, object: value as Json }
  for (const [key, part] of Object.entries(value)) yield* objects(part, `${way}/${key}`)
}

test('it is an OpenAPI 3.1 document with every call and no other', () => {
  expect(document.openapi).toBe('3.1.0')
  const described = operations().map(({ path, method }) => `${method} ${path}`)
  const served = routes.map(({ endpoint }) => `${endpoint.method} ${endpoint.path}`)
  expect(described.sort()).toEqual([...new Set(served)].sort())
  expect(served.length).toBe(new Set(served).size)
})

test('every operation has a name of its own, a summary, its parameters and answers', () => {
  const names = operations().map(({ operation }) => operation.operationId)
  expect(new Set(names).size).toBe(names.length)
  for (const { path, method, operation } of operations()) {
    expect(operation.summary).toMatch(/\w/)
    const inPath = operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)
    expect([path, inPath.sort()]).toEqual([path, [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()])
    expect(Object.keys(operation.responses).some((status) => status.startsWith('2'))).toBe(true)
    // an answer that is not named is one that must not come
    expect(operation.responses).not.toHaveProperty('default')
    for (const status of ['400', '401', '403', '413', '415', '500', '503']) {
      expect([path, status, status in operation.responses]).toEqual([path, status, true])
    }
    const found = endpointOf(method, path)
    const opens = found.permission === 'open'
    expect([path, operation.security]).toEqual([path, opens ? [] : undefined])
    const keyed = operation.parameters.some(({ $ref }) => $ref === '#/components/parameters/IdempotencyKey')
    expect([method, path, keyed]).toEqual([method, path, method !== 'get' && !opens && !found.secret])
  }
})

test('everything that a call can be about is said in a line, and nothing else', () => {
  const used = new Set(operations().map(({ path }) => path.split('/')[1]))
  const described = document.tags.filter(({ description }) => description !== undefined)
  // a new capability: its line belongs into api/openapi/tags.ts
  expect(described.map(({ name }) => name).sort()).toEqual([...used].sort())
  for (const { operation } of operations()) expect(operation.tags).toHaveLength(1)
})

test('every example is of a call that there is, and its schema takes it', () => {
  for (const [call, example] of Object.entries(EXAMPLES)) {
    const [method = '', path = ''] = call.split(' ')
    const taken = endpointOf(method, path).body.safeParse(example)
    expect([call, taken.error?.issues ?? []]).toEqual([call, []])
    if (path === '/ingest') {
      for (const [kind, items] of Object.entries(example as Record<keyof typeof INGESTED, unknown[]>)) {
        for (const item of items) expect(INGESTED[kind as keyof typeof INGESTED].safeParse(item).error).toBeUndefined()
      }
    }
  }
})

test('what may be left out when it is sent is not required there, though it always comes back', () => {
  const schemas = new Schemas()
  const shape = z.object({ size: z.int().default(1) }).meta({ id: 'Thing' })
  const parts = { sent: schemas.take(z.object({ of: shape }), 'input'), got: schemas.take(shape, 'output') }
  const { document: found, schemas: named } = schemas.finish(parts)
  expect(found.got).toEqual({ $ref: '#/components/schemas/Thing' })
  expect(found.sent).toMatchObject({ properties: { of: { $ref: '#/components/schemas/ThingInput' } } })
  expect(named).toMatchObject({ Thing: { required: ['size'] }, ThingInput: { type: 'object' } })
  expect(named.ThingInput).not.toHaveProperty('required')
})

test('every reference leads somewhere, and every schema says something', () => {
  for (const { way, object } of objects(document)) {
    if (typeof object.$ref === 'string' && !way.endsWith('/properties')) {
      const [, ...steps] = object.$ref.split('/')
      const target = steps.reduce<unknown>((at, step) => (at as Json | undefined)?.[step], document)
      expect([way, object.$ref, typeof target]).toEqual([way, object.$ref, 'object'])
    }
    expect([way, '$defs' in object || '$schema' in object]).toEqual([way, false])
  }
  for (const { path, operation } of operations()) {
    for (const { name, schema, $ref } of operation.parameters) {
      if ($ref !== undefined) continue
      expect([path, name, Object.keys(schema).length > 0]).toEqual([path, name, true])
    }
  }
})

test('the ways to sign in are described', () => {
  expect(document.components.securitySchemes).toMatchObject({
    apiKey: { type: 'http', scheme: 'bearer' },
    session: { type: 'apiKey', in: 'cookie', name: 'perennial_session' },
  })
})

test('every call that is declared is served', async () => {
  const folder = new URL('../../api/contract/', import.meta.url)
  const declared: string[] = []
  for (const file of readdirSync(folder)) {
    const exported = (await import(new URL(file, folder).href)) as Record<string, unknown>
    // by themselves, or as a list or table of them
    const alike = (value: unknown) => (typeof value === 'object' && value !== null ? Object.values(value) : [])
    for (const value of Object.values(exported)) {
      for (const found of isEndpoint(value) ? [value] : alike(value).filter(isEndpoint)) {
        declared.push(`${found.method} ${found.path}`)
      }
    }
  }
  expect(declared.length).toBeGreaterThan(40)
  const served = routes.map(({ endpoint }) => `${endpoint.method} ${endpoint.path}`)
  expect(served.sort()).toEqual(declared.sort())
})

test('every call but the open ones wants to know who calls', async () => {
  for (const { path, method, operation } of operations()) {
    if (operation.security !== undefined) continue
    const address = path.replaceAll(/\{\w+\}/g, '1')
    const response = await fetch(`${api.url}/api/v1${address}`, { method: method.toUpperCase() })
    expect([method, path, response.status]).toEqual([method, path, 401])
  }
})
