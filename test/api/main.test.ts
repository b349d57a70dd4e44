import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { freePort } from '../../scripts/parts/ports.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { until } from '../support/until.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database?.drop())

const program = fileURLToPath(new URL('../../api/main.ts', import.meta.url))

async function start(): Promise<{ child: ChildProcess; url: string; port: number; output: () => string }> {
  const port = await freePort()
  const child = spawn(process.execPath, [program], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      PORT: String(port),
      DATABASE_URL: database.url,
      // nobody listens there
      TEMPORAL_ADDRESS: '127.0.0.1:9',
      PERENNIAL_API_KEY: 'main-key',
    },
  })
  let output = ''
  child.stdout?.on('data', (part) => {
    output += part
  })
  child.stderr?.on('data', (part) => {
    output += part
  })
  const first = await Promise.race([once(child, 'message'), once(child, 'exit')])
  expect([first[0], output]).toEqual(['ready', expect.anything()])
  return { child, url: `http://127.0.0.1:${port}`, port, output: () => output }
}

test('the process says when it listens, logs no personal data and ends on SIGTERM after what is in hand', async () => {
  const { child, url, port, output } = await start()
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
  expect((await fetch(`${url}/readyz`)).status).toBe(503)
  const metrics = await (await fetch(`${url}/metrics`)).text()
  expect(metrics).toContain('perennial_dirty_relationships 0')
  expect(metrics).toContain('http_request_duration_seconds_count{method="GET",route="/healthz",status="200"} 1')
  await fetch(`${url}/api/v1/session?email=anna@secret.test`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"email":"anna@secret.test","password":"swordfish"}',
  })

  // a call whose body comes slowly, begun before the signal
  const slow = connect(port, '127.0.0.1')
  let answer = ''
  slow.on('data', (part) => {
    answer += part
  })
  slow.write(
    'PUT /api/v1/settings HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer main-key\r\n' +
      'Content-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 15\r\n\r\n{"name"',
  )
  // the call is in hand once the server says that it may go on
  while (!answer.endsWith('\r\n\r\n')) await once(slow, 'data')
  expect(answer).toMatch(/^HTTP\/1\.1 100/)
  answer = ''
  child.kill('SIGTERM')
  await until(() =>
    fetch(`${url}/healthz`).then(
      () => false,
      () => true,
    ),
  )
  await expect(fetch(`${url}/healthz`)).rejects.toThrow()
  slow.write(':"Late"}')
  const [code] = await once(child, 'exit')
  expect(code).toBe(0)
  expect(answer).toMatch(/^HTTP\/1\.1 200/)
  expect(output()).not.toContain('secret.test')
  expect(output()).not.toContain('swordfish')
  expect(output()).not.toContain('main-key')
})

test('the process ends with the one that started it', async () => {
  const { child } = await start()
  child.disconnect()
  const [code] = await once(child, 'exit')
  expect(code).toBe(0)
})

test.each([
  ['no database', { DATABASE_URL: 'mysql://root@127.0.0.1:9/x' }, 'ECONNREFUSED'],
  ['no word about the database', { DATABASE_URL: undefined }, 'DATABASE_URL is missing'],
  ['a port that is none', { PORT: 'http' }, 'PORT has to be'],
  ['a public address that is none', { PUBLIC_URL: 'studio.test' }, 'PUBLIC_URL has to be'],
])('with %s the process ends and says why', async (_, wrong, sentence) => {
  const env = { ...process.env, NODE_OPTIONS: '', PORT: '0', DATABASE_URL: database.url, ...wrong }
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'], env })
  let output = ''
  child.stdout.on('data', (part) => {
    output += part
  })
  const [code] = await once(child, 'close')
  expect(code).toBe(1)
  expect(output).toContain(sentence)
})
