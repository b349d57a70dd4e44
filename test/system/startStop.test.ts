import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { eventually, RunningSystem } from '../support/system.ts'

// whole systems are started here, beside whatever else the machine does
jest.setTimeout(180_000)

let system: RunningSystem
beforeAll(async () => {
  system = await RunningSystem.start({ env: { PERENNIAL_DEMO: '0' } })
}, 180_000)
afterAll(() => system.remove())

const again = (env: Record<string, string> = {}) =>
  RunningSystem.start({ data: system.data, env: { PERENNIAL_DEMO: '0', ...env } })

test('everything answers when the ready line is printed', async () => {
  for (const path of ['/healthz', '/readyz', '/metrics', '/']) {
    expect((await fetch(system.url + path)).status).toBe(200)
  }
  expect(await system.call('GET', '/health')).toMatchObject({
    database: { up: true },
    temporal: { up: true },
    worker: { up: true },
  })
  expect(system.output).toMatch(/admin: password +\S+ +\(shown only this once\)/)
})

test('a second start on the same data says so, exits 1 and leaves the first alone', async () => {
  const second = await RunningSystem.begin({ data: system.data })
  expect(await second.end()).toBe(1)
  expect(second.output).toContain(`Perennial is running on the data in ${system.data} already: ${system.url}`)
  expect((await fetch(`${system.url}/readyz`)).status).toBe(200)
})

test('a port that another program has is named', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, resolve))
  const address = other.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const refused = await RunningSystem.begin({ port, env: { PERENNIAL_DEMO: '0' } })
  expect(await refused.end()).toBe(1)
  other.close()
  expect(refused.output).toContain(`Port ${port} is in use by another program.`)
  await refused.remove()
})

test.each([
  [{ PORT: 'eighty' }, 'PORT is "eighty"'],
  [{ PERENNIAL_DEMO: 'yes' }, 'PERENNIAL_DEMO is "yes"'],
  [{ DATABASE_URL: 'postgres://somewhere/else' }, 'DATABASE_URL is not of the form'],
  [{ DATABASE_URL: 'mysql://me@127.0.0.1:1/perennial' }, 'No database answers at 127.0.0.1:1'],
  [{ PERENNIAL_ADMIN_EMAIL: 'a@b.test' }, 'belong together'],
])('a wrong environment is answered with a sentence: %p', async (env, sentence) => {
  const refused = await RunningSystem.begin({ env })
  expect(await refused.end()).toBe(1)
  expect(refused.output).toContain(sentence)
  expect(refused.output).not.toContain('    at ')
  expect(refused.processes()).toEqual([])
  await refused.remove()
})

test('SIGTERM leaves no process, and the next start has the data', async () => {
  await system.call('POST', '/ingest', { customers: [{ id: 'anna', first_name: 'Anna' }] })
  expect(await system.stop()).toBe(0)
  expect(system.processes()).toEqual([])
  system = await again()
  expect(await system.call('GET', '/customers/anna')).toMatchObject({ first_name: 'Anna' })
  expect(system.output).not.toContain('admin: password')
})

test('whoever kills npm alone stops everything', async () => {
  process.kill(system.pid, 'SIGKILL')
  await eventually(
    async () => system.processes(),
    (left) => left.length === 0,
    30_000,
  )
  system = await again()
})

test('kill -9 of everything at many moments of a start never stops the next one', async () => {
  for (const moment of [300, 900, 1500, 2200, 3000]) {
    await system.killEverything()
    system = await RunningSystem.begin({ data: system.data, env: { PERENNIAL_DEMO: '0' } })
    await new Promise((resolve) => setTimeout(resolve, moment))
  }
  await system.killEverything()
  system = await again()
  expect(await system.call('GET', '/customers/anna')).toMatchObject({ first_name: 'Anna' })
}, 120_000)

test('a part that dies is started again', async () => {
  const { started } = JSON.parse(readFileSync(`${system.data}/running.json`, 'utf8')) as {
    started: { name: string; pid: number }[]
  }
  for (const { name, pid } of started) if (name !== 'janitor') process.kill(pid, 'SIGKILL')
  await eventually(
    async () => (await fetch(`${system.url}/readyz`).catch(() => undefined))?.status,
    (status) => status === 200,
  )
  expect(await system.call('GET', '/customers/anna')).toMatchObject({ first_name: 'Anna' })
})
