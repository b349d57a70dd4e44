import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Endpoint } from '../../api/contract/endpoint.ts'
import { routes } from '../../api/routes.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

type Json = Record<string, unknown>
type Operation = {
  operationId: string
  summary: string
  parameters: Array<{ name: string; in: string; required: boolean; schema: Json }>
  requestBody?: { content: Record<string, { schema: Json }> }
  responses: Record<string, Json>
  security?: unknown[]
}
type Document = {
  openapi: string
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
  const response = await fetch(`${api.url}/api/v1/openapi.json`)
  expect(response.status).toBe(200)
  document = (await response.json()) as Document
})
afterAll(async () => {
  await api?.close()
  await database?.drop()
})

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
    expect(operation.responses).toHaveProperty('default')
    const opens =
      routes.find(({ endpoint }) => endpoint.path === path && endpoint.method === method)?.endpoint.permission ===
      'open'
    expect([path, operation.security]).toEqual([path, opens ? [] : undefined])
    const keyed = operation.parameters.some(({ name }) => name === 'Idempotency-Key')
    expect([method, path, keyed]).toEqual([method, path, method !== 'get' && !opens])
  }
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
    for (const { name, schema } of operation.parameters) {
      expect([path, name, Object.keys(schema).length > 0]).toEqual([path, name, true])
    }
  }
})

test('the ways to sign in are described', () => {
  expect(document.components.securitySchemes).toEqual({
    apiKey: { type: 'http', scheme: 'bearer' },
    session: { type: 'apiKey', in: 'cookie', name: 'perennial_session' },
  })
})

test('every call that is declared is served', async () => {
  const folder = new URL('../../api/contract/', import.meta.url)
  const declared: string[] = []
  for (const file of readdirSync(folder)) {
    const exported = (await import(new URL(file, folder).href)) as Record<string, unknown>
    for (const value of Object.values(exported)) {
      if (isEndpoint(value)) declared.push(`${value.method} ${value.path}`)
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
