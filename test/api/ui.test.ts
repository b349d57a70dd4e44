import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const base = mkdtempSync(join(tmpdir(), 'ui-'))
const folder = join(base, 'built')
let database: TestDatabase
let api: TestApi
beforeAll(async () => {
  mkdirSync(join(folder, 'assets'), { recursive: true })
  writeFileSync(join(base, 'secret.txt'), 'swordfish')
  writeFileSync(join(folder, '.env'), 'swordfish')
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Page</title>')
  writeFileSync(join(folder, 'icon.svg'), '<svg/>')
  writeFileSync(join(folder, 'assets', 'app-3f2a.js'), `// ${'x'.repeat(5000)}`)
  database = await createTestDatabase()
  api = await startApi(database.db, undefined, undefined, { uiDir: folder })
})
afterAll(async () => {
  await api?.close()
  await database?.drop()
  rmSync(base, { recursive: true })
})

const get = (path: string, headers: Record<string, string> = { accept: 'text/html' }) =>
  fetch(`${api.url}${path}`, { headers })

test.each(['/', '/segments', '/segments/new-leads/members', '/customers/c.1', '/index.html'])(
  'the page is at %s and asked for anew each time',
  async (path) => {
    const response = await get(path)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toContain('text/html')
    expect(response.headers.get('cache-control')).toBe('no-cache')
    expect(await response.text()).toContain('<title>Page</title>')
  },
)

test('files with a hash in their name are kept for ever and come compressed', async () => {
  const response = await get('/assets/app-3f2a.js', { 'accept-encoding': 'br' })
  expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(response.headers.get('content-encoding')).toBe('br')
  expect((await get('/icon.svg')).headers.get('cache-control')).toBe('no-cache')
})

test('a file that is not there is no page', async () => {
  expect((await get('/assets/app-old.js', { accept: '*/*' })).status).toBe(404)
  expect((await get('/favicon.ico', { accept: 'image/*' })).status).toBe(404)
  const api404 = await get('/api/v1/nothing')
  expect(api404.status).toBe(404)
  expect(api404.headers.get('content-type')).toContain('problem+json')
})

test.each([
  '/../secret.txt',
  '/assets/../../secret.txt',
  '/..%2fsecret.txt',
  '/%2e%2e/secret.txt',
  '/assets/..%5c..%5csecret.txt',
  '/assets/%2e%2e%2f%2e%2e%2fsecret.txt',
  '/.env',
  '/assets/..%00/secret.txt',
  '//etc/passwd',
  '/%c0%ae%c0%ae/secret.txt',
])('%s leads to no file outside', async (path) => {
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1')
    let text = ''
    socket.on('data', (part) => {
      text += part
    })
    socket.on('close', () => resolve(text))
    socket.on('error', reject)
    // a raw request: fetch would tidy the path up
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\nConnection: close\r\n\r\n`)
  })
  expect(answer).toMatch(/^HTTP\/1\.1 (200|400|403|404) /)
  expect(answer).not.toContain('swordfish')
  expect(answer).not.toContain('root:')
})
