/** The connectors of examples/connectors, run as they stand there. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { Webhook } from '../../api/contract/webhooks.ts'
import { rows } from '../../domain/database.ts'
import { Telling } from '../../domain/webhooks/keepTelling.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { recordingChannel } from '../support/sending.ts'
import { until } from '../support/until.ts'

let database: TestDatabase
let api: TestApi
const folder = mkdtempSync(join(tmpdir(), 'perennial-connectors-'))
const children: ChildProcess[] = []
beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.db, undefined, undefined, { privateWebhooks: true })
})
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await api?.close()
  await database?.drop()
})

/** A connector as a process, with what it says. */
function run(name: string, env: Record<string, string> = {}, ...args: string[]) {
  const file = new URL(`../../examples/connectors/${name}.mjs`, import.meta.url).pathname
  const child = spawn(process.execPath, [file, ...args], {
    env: { PATH: process.env.PATH, PERENNIAL_URL: api.url, PERENNIAL_API_KEY: api.key, PORT: '0', ...env },
  })
  children.push(child)
  const said = { out: '', error: '' }
  child.stdout.on('data', (part) => {
    said.out += part
  })
  child.stderr.on('data', (part) => {
    said.error += part
  })
  return { child, said }
}

const countOf = async (table: string) =>
  (await rows<{ count: number }>(database.db, `SELECT COUNT(*) AS count FROM ${table} WHERE deleted = 0`))[0]?.count

const portOf = async ({ said }: ReturnType<typeof run>): Promise<string> => {
  await until(async () => said.out.includes('listening on'))
  return /listening on (\d+)/.exec(said.out)?.[1] ?? ''
}

const COLUMNS =
  'booking_id,client_id,client_name,client_email,teacher_id,teacher_name,class,starts_at,minutes,price,status,changed_at'
const line = (n: number, status = 'attended') =>
  `${n},${n % 700},"Zoë ""Z"" Müller, ${n % 700}",c${n % 700}@mail.test,t1,Ben,"Yoga,\r\nslow",2026-11-20T18:00:00+01:00,75,18.35,${status},2026-11-20T20:00:00Z`

test('a nightly CSV that is killed on the way and started again is complete, and twice is once', async () => {
  const file = join(folder, 'bookings.csv')
  const lines = Array.from({ length: 2_500 }, (_, n) => line(n, n === 1_234 ? 'vanished' : 'attended'))
  writeFileSync(file, `\uFEFF${COLUMNS}\r\n${lines.join('\r\n')}\r\n`)
  const first = run('nightly-csv', {}, file)
  await until(async () => first.said.out.includes('1000 rows'))
  const gone = once(first.child, 'exit')
  first.child.kill('SIGKILL')
  await gone

  const second = run('nightly-csv', {}, file)
  expect((await once(second.child, 'exit'))[0]).toBe(2)
  expect(second.said.out).toMatch(/done: 2500 rows, (1500|500|0) of them now/)
  expect(await countOf('bookings')).toBe(2_499)
  const [kept] = await rows(
    database.db,
    `SELECT b.service, b.price, b.minutes, b.state, c.first_name, c.last_name FROM bookings b
     JOIN customers c ON c.id = b.customer_id WHERE b.external_id = 'booking-7'`,
  )
  expect(kept).toEqual({
    service: 'Yoga,\r\nslow',
    price: 1_835,
    minutes: 75,
    state: 'attended',
    first_name: 'Zoë',
    last_name: '"Z" Müller, 7',
  })
  const rejected = readFileSync(`${file}.rejected`, 'utf8').trim().split('\n')
  expect(rejected).toHaveLength(1)
  expect(JSON.parse(rejected[0] ?? '')).toMatchObject({ path: '/bookings/234/state', row: { booking_id: '1234' } })

  // what is done is not sent again; the file of the next night is
  const third = run('nightly-csv', {}, file)
  await once(third.child, 'exit')
  expect(third.said.out).toContain('done: 2500 rows, 0 of them now')
  writeFileSync(file, `${COLUMNS}\n${line(1_234)}\n${line(7, 'cancelled').replace('20:00:00Z', '21:00:00Z')}`)
  const next = run('nightly-csv', {}, file)
  expect((await once(next.child, 'exit'))[0]).toBe(0)
  expect(await countOf('bookings')).toBe(2_500)
  const states = "SELECT state FROM bookings WHERE external_id IN ('booking-7', 'booking-1234') ORDER BY external_id"
  expect(await rows(database.db, states)).toEqual([{ state: 'attended' }, { state: 'cancelled' }])
})

test('a key that is not good ends the nightly job at once, with words', async () => {
  const file = join(folder, 'other.csv')
  writeFileSync(file, `${COLUMNS}\n${line(1)}\n`)
  const job = run('nightly-csv', { PERENNIAL_API_KEY: 'wrong' }, file)
  expect((await once(job.child, 'exit'))[0]).toBe(1)
  expect(job.said.error).toContain('401')
})

test('a live webhook is handed on: signed ones only, late and repeated ones change nothing, and what cannot be stored now comes again', async () => {
  const secret = 'shared with the booking system'
  const connector = run('live-webhook', { BOOKING_SECRET: secret })
  const port = await portOf(connector)
  const message = (status: string, minute: number, id = 'live-1') =>
    JSON.stringify({
      booking: { id, class: 'Yoga', starts_at: '2026-11-21T18:00:00Z', minutes: 60, cents: 2_000, status },
      client: { id: 'live', name: 'Ada', email: 'ada@mail.test' },
      teacher: { id: 't2', name: 'Cleo' },
      changed_at: `2026-11-21T19:0${minute}:00Z`,
    })
  const post = async (body: string, to = port, signature = createHmac('sha256', secret).update(body).digest('hex')) =>
    (await fetch(`http://127.0.0.1:${to}`, { method: 'POST', body, headers: { 'x-signature': signature } })).status
  const stored = () =>
    rows(database.db, "SELECT external_id, state, price FROM bookings WHERE external_id LIKE 'booking-live%'")
  expect(await post(message('booked', 1), port, '00')).toBe(401)
  expect(await stored()).toEqual([])
  expect(await post(message('booked', 1))).toBe(204)
  expect(await post(message('cancelled', 3))).toBe(204)
  expect(await post(message('booked', 2))).toBe(204)
  expect(await post(message('cancelled', 3))).toBe(204)
  expect(await stored()).toEqual([{ external_id: 'booking-live-1', state: 'cancelled', price: 2_000 }])
  expect(await post(message('vanished', 4))).toBe(422)
  expect(await post('{')).toBe(400)
  const away = run('live-webhook', { BOOKING_SECRET: secret, PERENNIAL_URL: 'http://127.0.0.1:1' })
  expect(await post(message('booked', 5), await portOf(away))).toBe(503)
})

test('our own webhooks are taken by the receiver of the guide: signed ones only, each once', async () => {
  const placeholder = await api.call<Webhook>('post', '/webhooks', {
    name: 'CRM',
    url: 'http://127.0.0.1:1/',
    events: ['suppression.set'],
  })
  const { id } = placeholder.body
  const { secret } = (await api.call<{ secret: string }>('post', `/webhooks/${id}/secret/show`)).body
  const receiver = run('receive-webhooks', { WEBHOOK_SECRET: secret })
  const url = `http://127.0.0.1:${await portOf(receiver)}/`
  await api.call('patch', `/webhooks/${id}`, { url })
  await api.call('put', '/suppressions/client-7?channel=email')
  const telling = new Telling({
    db: database.db,
    email: recordingChannel().channel,
    publicUrl: '',
    clock: () => new Date(),
    allowPrivate: true,
    onTrouble: (error) => {
      throw error
    },
  })
  const tell = async () => {
    await telling.look()
    await telling.settled()
  }
  await tell()
  const { items } = (await api.call<{ items: { event: string; state: string }[] }>('get', `/webhooks/${id}/calls`)).body
  expect(items).toMatchObject([{ state: 'done' }])
  await api.call('post', `/webhooks/${id}/replay`, { event: items[0]?.event })
  await tell()
  const taken = receiver.said.out.split('\n').filter((said) => said.startsWith('{'))
  expect(taken.map((said) => JSON.parse(said))).toEqual([
    expect.objectContaining({ id: items[0]?.event, type: 'suppression.set', customer: 'client-7' }),
  ])
  expect((await fetch(url, { method: 'POST', body: taken[0] ?? '' })).status).toBe(401)
})
