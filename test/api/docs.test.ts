import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { installStandardSegments } from '../../domain/segments/installStandardSegments.ts'
import { installStatusAutomation } from '../../domain/statuses/installStatusAutomation.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const page = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8')

type Example = { path: string; method: string | undefined; body: string | undefined; headers: Record<string, string> }

/** The calls of the page, in its order, as a shell would read them. */
const examples: Example[] = [...page.matchAll(/curl -s "?\$URL([^\s"]+)"?((?:[^']|'[^']*')*?)(?=\n *```|\ncurl)/g)].map(
  ([, path = '', rest = '']) => ({
    path,
    method: /-X ([A-Z]+)/.exec(rest)?.[1],
    body: /-d '([^']*)'/.exec(rest)?.[1],
    headers: Object.fromEntries([...rest.matchAll(/-H '([\w-]+): ([^']*)'/g)].map(([, name, value]) => [name, value])),
  }),
)

let database: TestDatabase
let api: TestApi
beforeAll(async () => {
  database = await createTestDatabase()
  await installStandardSegments(database.db, new Date())
  await installStatusAutomation(database.db, new Date())
  api = await startApi(database.db)
})
afterAll(async () => {
  await api?.close()
  await database?.drop()
})

test('every example of the integrator’s guide works as it stands', async () => {
  expect(examples.length).toBe((page.match(/curl -s/g) ?? []).length)
  expect(examples.length).toBeGreaterThan(6)
  for (const { path, method, body, headers } of examples) {
    const response = await fetch(`${api.url}/api/v1${path}`, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: { authorization: `Bearer ${api.key}`, ...headers },
      ...(body === undefined ? {} : { body }),
    })
    const answer = await response.text()
    expect([path, response.ok, answer]).toEqual([path, true, answer])
    if (path === '/ingest') expect(JSON.parse(answer)).toMatchObject({ errors: [] })
  }
})
