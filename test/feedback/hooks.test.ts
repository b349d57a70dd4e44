import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { startApi } from '../support/api.ts'
import { Hooks, MAILGUN_KEY } from '../support/hooks.ts'

describe('webhooks of mail services', () => {
  let hooks: Hooks
  beforeAll(async () => {
    hooks = await Hooks.start()
  })
  afterAll(() => hooks.close())
  beforeEach(() => hooks.next())

  test('which are on, and where complaints are taken, is told to whoever may know', async () => {
    const { body } = await hooks.api.call<{ complaints_address: string; webhooks: { on: boolean }[] }>(
      'get',
      '/feedback',
    )
    expect(body.complaints_address).toMatch(/^complaints\+[a-z2-7]{32}@bounces\.studio\.test$/)
    expect(body.webhooks.map(({ on }) => on)).toEqual([true, true, true, true])
    expect(JSON.stringify(body)).not.toContain(MAILGUN_KEY)
  })

  test('a service without a secret has no webhook; nor has one that nobody knows', async () => {
    const bare = await startApi(hooks.db)
    for (const service of ['ses', 'mailgun', 'postmark', 'sendgrid', 'constructor', '__proto__']) {
      expect((await fetch(`${bare.url}/hooks/${service}`, { method: 'POST', body: '{}' })).status).toBe(404)
    }
    await bare.close()
    expect((await hooks.post('nobody', '{}')).status).toBe(404)
    expect((await fetch(`${hooks.api.url}/hooks/ses`)).status).toBe(404)
  })

  test('more than two megabytes are not read, whatever they unpack to', async () => {
    expect((await hooks.post('sendgrid', 'x'.repeat(2_200_000))).status).toBe(413)
    const bomb = gzipSync(Buffer.alloc(50_000_000))
    expect((await hooks.post('sendgrid', bomb, { 'content-encoding': 'gzip' })).status).toBe(413)
  })

  test('who is refused too often has to wait', async () => {
    await hooks.next()
    const statuses: number[] = []
    for (let index = 0; index < 40; index++) statuses.push((await hooks.post('postmark', '{}')).status)
    expect(statuses.slice(0, 30).every((status) => status === 403)).toBe(true)
    expect(statuses.at(-1)).toBe(429)
  })
})
