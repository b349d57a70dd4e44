import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { z } from 'zod'
import type { Endpoint } from '../../api/contract/endpoint.ts'
import { INGESTED } from '../../api/contract/ingest.ts'
import { routes } from '../../api/routes.ts'
import { installStandardSegments } from '../../domain/segments/installStandardSegments.ts'
import { readSettings } from '../../domain/settings/readSettings.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

// Every call that there is, with values that are allowed by its schema and meant badly: nothing may answer with 500.

const ROUNDS = Number(process.env.HOSTILE_ROUNDS ?? 25)
const SEED = Number(process.env.HOSTILE_SEED ?? 20261125)

const TEXTS = [
  '',
  'c1',
  "' OR 1=1 -- ",
  '"; DROP TABLE customers; --',
  '%_\\',
  '\\',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '😀🏳️‍🌈',
  'é',
  '\u202e\u200b\ufeff',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  '{{ 7 | times: 7 }}',
  '<script>alert(1)</script>',
  'javascript:alert(1)',
  'x\r\nBcc: all@evil.test',
  '9'.repeat(40),
  '1e309',
  '-1',
  'null',
  '2026-02-29T00:00:00Z',
  '0000-01-01',
  'x'.repeat(5000),
]
const INSTANTS = [
  '2026-11-25T12:00:00Z',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999999999Z',
  '1970-01-01T00:00:00+14:00',
]
const DAYS = ['2026-11-25', '0000-01-01', '0001-01-01', '9999-12-31', '2024-02-29']
const NUMBERS = [0, 1, -1, 5, 1.5, 65_536, 2 ** 31, 2 ** 53 - 1, -(2 ** 53) + 1, 1e300]

type Schema = {
  $ref?: string
  $defs?: Record<string, Schema>
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: Schema | boolean
  format?: string
  pattern?: string
  minimum?: number
  maximum?: number
  maxLength?: number
}

/** A small generator of random numbers in [0, 1): the same for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
const random = randomFrom(SEED)
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T

/** A value that the schema mostly allows. */
function sample(schema: Schema | boolean | undefined, depth = 0): unknown {
  if (typeof schema === 'boolean' || schema === undefined || depth > 6) return pick([...TEXTS, null, 1, [], {}, true])
  if (schema.$ref !== undefined) return sample(NAMED.get(schema.$ref.replace('#/$defs/', '')), depth)
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return pick(schema.enum)
  const options = schema.anyOf ?? schema.oneOf
  if (options !== undefined) return sample(pick(options), depth)
  const type = Array.isArray(schema.type) ? pick(schema.type) : schema.type
  if (type === 'object') {
    const required = new Set(schema.required)
    const names = Object.keys(schema.properties ?? {}).filter((name) => required.has(name) || random() < 0.4)
    const known = names.map((name) => [name, sample(schema.properties?.[name], depth + 1)])
    const open = schema.additionalProperties
    const more = open === undefined || open === false ? [] : [[pick(TEXTS).slice(0, 60), sample(open, depth + 1)]]
    return Object.fromEntries([...known, ...more])
  }
  if (type === 'array') return Array.from({ length: pick([0, 1, 3]) }, () => sample(schema.items, depth + 1))
  if (type === 'boolean') return random() < 0.5
  if (type === 'null') return null
  if (type === 'integer' || type === 'number') {
    const fitting = NUMBERS.filter(
      (number) => number >= (schema.minimum ?? -Infinity) && number <= (schema.maximum ?? Infinity),
    )
    return pick(type === 'integer' ? fitting.filter(Number.isInteger) : fitting)
  }
  if (type === 'string') return text(schema)
  return sample(true)
}

function text(schema: Schema): string {
  if (schema.format === 'date-time') return pick(INSTANTS)
  if (schema.format === 'date') return pick(DAYS)
  if (schema.format === 'email')
    return pick(['a@example.test', `${'a'.repeat(60)}@example.test`, "o'neil@example.test"])
  const fitting = [
    ...TEXTS,
    'slipping-away',
    '1',
    '999999999999999999',
    'AT',
    '10:00',
    'x'.repeat(schema.maxLength ?? 10),
  ].filter(
    (candidate) =>
      candidate.length <= (schema.maxLength ?? Infinity) &&
      (schema.pattern === undefined || new RegExp(schema.pattern).test(candidate)),
  )
  return fitting.length > 0 ? pick(fitting) : 'x'
}

/** Schemas that have a name, and are referred to by it. */
const NAMED = new Map<string, Schema>()

function schemaOf(declared: z.ZodType): Schema | undefined {
  if (declared instanceof z.ZodUndefined) return undefined
  const schema = z.toJSONSchema(declared, { io: 'input', unrepresentable: 'any' }) as Schema
  for (const [name, named] of Object.entries(schema.$defs ?? {})) NAMED.set(name, named)
  return schema
}

/** The text of a query: numbers and choices come out of the schema of what the text means. */
function queryOf(declared: z.ZodType): string {
  if (!(declared instanceof z.ZodObject)) return ''
  const query = new URLSearchParams()
  for (const [name, schema] of Object.entries(declared.shape as Record<string, z.ZodType>)) {
    if (random() < 0.4) continue
    const described = z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }) as Schema
    const value = sample(described)
    query.set(name, Array.isArray(value) ? value.join(',') : String(value))
  }
  return `?${query}`
}

function bodyOf(endpoint: Endpoint): unknown {
  if (endpoint.path === '/ingest') {
    const kinds = Object.entries(INGESTED).filter(() => random() < 0.7)
    return Object.fromEntries(
      kinds.map(([kind, item]) => [kind, Array.from({ length: 3 }, () => sample(schemaOf(item)))]),
    )
  }
  const schema = schemaOf(endpoint.body)
  if (schema === undefined) return undefined
  return random() < 0.1 ? pick([null, [], 'x', 1, {}]) : sample(schema)
}

let database: TestDatabase
let api: TestApi
beforeAll(async () => {
  database = await createTestDatabase()
  const now = new Date('2026-11-25T12:00:00Z')
  await readSettings(database.db)
  await installStandardSegments(database.db, now)
  api = await startApi(database.db, routes, () => now)
  const parts = { customer: 'c1', provider: 'p1' }
  const ingested = await api.call('post', '/ingest', {
    customers: [{ id: 'c1', email: 'c1@example.test', consents: { email: true } }],
    providers: [{ id: 'p1', name: 'P' }],
    bookings: [{ id: 'b1', ...parts, starts_at: '2026-11-20T10:00:00Z', state: 'attended' }],
  })
  expect(ingested.status).toBe(200)
})
afterAll(async () => {
  await api?.close()
  await database?.drop()
})

const cases = routes
  .filter(({ endpoint }) => endpoint.permission !== 'open')
  .map(({ endpoint }) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const)

test.each(cases)(`%s survives what is meant badly (seed ${SEED})`, async (_, endpoint) => {
  const failures: unknown[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const path = endpoint.path.replaceAll(/\{\w+\}/g, () =>
      encodeURIComponent(pick(['c1', 'p1', '1', 'slipping-away', ...TEXTS.slice(0, -1)]).toWellFormed() || '0'),
    )
    const address = path + queryOf(endpoint.query)
    const body = bodyOf(endpoint)
    const reply = await api.call(endpoint.method, address, body)
    if (reply.status >= 500 && reply.status !== 503) failures.push({ address, body, status: reply.status })
  }
  expect(failures.slice(0, 3)).toEqual([])
})

const TOKENS = [
  '',
  'x',
  '%00',
  '%E0%A4%A',
  '..%2f..%2f',
  'A'.repeat(36),
  '_'.repeat(36),
  'A'.repeat(5000),
  'é😀',
  "'--",
]

test.each(['/t/o/', '/t/c/', '/u/'])(
  '%s with tokens that nobody signed leads nowhere and fails nothing',
  async (path) => {
    for (const token of TOKENS) {
      for (const init of [
        {},
        { method: 'HEAD' },
        { method: 'POST', body: 'a=%ZZ&action[x]=1' },
        { method: 'DELETE' },
      ]) {
        const headers = { 'content-type': 'application/x-www-form-urlencoded' }
        const response = await fetch(`${api.url}${path}${token}`, { ...init, headers, redirect: 'manual' })
        expect([token, init, [400, 404, 405].includes(response.status), response.headers.get('location')]).toEqual([
          token,
          init,
          true,
          null,
        ])
      }
    }
  },
)
