/**
 * What it costs to send: audience frozen, claimed, rendered, handed over by SMTP, results and history written; against a
 * mail library alone that composes the same mail for each recipient and hands it to the same server.
 *
 *   node bench/mail.ts --server mysql://root@127.0.0.1:3306 --recipients 10000 --recipients 100000
 *
 * The mail server is a process of its own on this machine that takes everything. Each size gets a database of its own,
 * dropped at the end. With --freeze N the freezing of an audience of N is measured as well, without sending it.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { createTransport } from 'nodemailer'
import { createCampaign } from '../domain/campaigns/createCampaign.ts'
import { freezeAudience } from '../domain/campaigns/freezeAudience.ts'
import { type Database, execute, openDatabase, rows } from '../domain/database.ts'
import type { Envelope } from '../domain/deliveries/channels/channel.ts'
import { emailChannel } from '../domain/deliveries/channels/email.ts'
import { deliverDue } from '../domain/deliveries/deliverDue.ts'
import { composeMail } from '../domain/deliveries/mime/composeMail.ts'
import { whole } from '../domain/messages/pieces.ts'
import { migrate } from '../migrations/run.ts'

const { values: options } = parseArgs({
  options: {
    server: { type: 'string', default: 'mysql://root@127.0.0.1:3306' },
    recipients: { type: 'string', multiple: true, default: [] },
    freeze: { type: 'string', multiple: true, default: [] },
    alone: { type: 'string', default: '3000' },
  },
})

/** Paragraphs until the mail has about 30 KB, as a newsletter has them. */
const CONTENT = {
  subject: 'News for {{ customer.first_name | default: "you" }}: the plan of the week',
  html: [
    '<h1>Dear {{ customer.first_name | default: "you" }},</h1>',
    ...Array.from(
      { length: 22 },
      (_, index) =>
        `<p>Week ${index}: the <b>morning class</b> begins at a quarter past seven, and the one in the evening at <i>six</i>. Whoever has been with us before knows where it is; everybody else finds the way on <a href="https://studio.test/week/${index}">the plan</a>. Bring a towel and something to drink, wear what is comfortable – and write to us if you can’t come, so that somebody else gets the place. It is warm in the room, whatever the weather is like outside, and there is tea afterwards.</p>`,
    ),
  ].join(''),
}

type Sink = { child: ChildProcess; url: string; taken(): Promise<number> }

async function startSink(): Promise<Sink> {
  const child = fork(new URL('./mail/sink.ts', import.meta.url).pathname)
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  return {
    child,
    url: `smtp://127.0.0.1:${port}`,
    taken: async () => {
      child.send('count')
      const [{ taken }] = (await once(child, 'message')) as [{ taken: number }]
      return taken
    },
  }
}

async function withDatabase<T>(name: string, customers: number, act: (db: Database) => Promise<T>): Promise<T> {
  const administration = openDatabase(`${options.server}/`, 1)
  await administration.raw(`DROP DATABASE IF EXISTS ${name}`)
  await administration.raw(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`)
  const db = openDatabase(`${options.server}/${name}`, 12)
  try {
    await migrate(db)
    await fill(db, customers)
    return await act(db)
  } finally {
    await db.destroy()
    await administration.raw(`DROP DATABASE ${name}`)
    await administration.destroy()
  }
}

/** Customers who agreed, all of them in one segment. */
async function fill(db: Database, customers: number): Promise<void> {
  const digits = (place: number) =>
    `(SELECT ${[0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => `${digit} AS n`).join(' UNION ALL SELECT ')}) d${place}`
  const number = 'd0.n + 10 * d1.n + 100 * d2.n + 1000 * d3.n + 10000 * d4.n + 100000 * d5.n'
  await execute(
    db,
    `INSERT INTO customers (external_id, known, email, first_name, last_name, language, created_at, updated_at)
     SELECT CONCAT('c', ${number}), 1, CONCAT('c', ${number}, '@mail', (${number}) % 50, '.test'), CONCAT('First', ${number}),
       'Last', 'en', '2026-01-01', '2026-01-01' FROM ${[0, 1, 2, 3, 4, 5].map(digits).join(', ')} WHERE ${number} < ? ORDER BY ${number}`,
    [customers],
  )
  await execute(
    db,
    "INSERT INTO consents (customer_id, channel, given, at, source) SELECT id, 'email', 1, '2026-01-01', 'bench' FROM customers",
  )
  const at = new Date()
  const rule = { rule: '{"all":[]}', version: 1, recalculation: '{"mode":"by_hand"}', created_at: at, updated_at: at }
  const [segment] = await db('segments').insert({ key: 'all', name: 'All', scope: 'business', ...rule })
  await execute(
    db,
    "INSERT INTO segment_members (segment_id, provider_id, customer_id, since) SELECT ?, 0, id, '2026-01-01' FROM customers",
    [segment ?? 0],
  )
  for (const table of ['customers', 'consents', 'segment_members']) await db.raw(`ANALYZE TABLE ${table}`)
}

const order = (db: Database) =>
  createCampaign(db, { criteria: { segment: 'all' }, content: CONTENT, sendAt: null, createdBy: null }, new Date())

/** Processor time of this process, in milliseconds for each mail: what stays the same when the machine is busy. */
function cpuSince(before: NodeJS.CpuUsage, mails: number): string {
  const { user, system } = process.cpuUsage(before)
  return `${((user + system) / 1_000 / mails).toFixed(2)} ms CPU each`
}

const seconds = async (act: () => Promise<unknown>): Promise<number> => {
  const began = performance.now()
  await act()
  return (performance.now() - began) / 1_000
}

/** The most memory that this process held while it worked, in MB. */
async function watched<T>(act: () => Promise<T>): Promise<{ value: T; heap: number; rss: number }> {
  let [heap, rss] = [0, 0]
  const look = () => {
    const { heapUsed, rss: resident } = process.memoryUsage()
    heap = Math.max(heap, heapUsed / 2 ** 20)
    rss = Math.max(rss, resident / 2 ** 20)
  }
  const timer = setInterval(look, 50)
  try {
    return { value: await act(), heap, rss }
  } finally {
    clearInterval(timer)
    look()
  }
}

/** The mails as this size's recipients get them, from a channel that keeps a few. */
let sample: Envelope | null = null

async function measureOurs(recipients: number, sink: Sink): Promise<number> {
  return withDatabase(`bench_mail_${recipients}`, recipients, async (db) => {
    const campaign = await order(db)
    const channel = emailChannel(sink.url)
    const kept = {
      ...channel,
      send: (envelope: Envelope) => {
        sample ??= envelope
        return channel.send(envelope)
      },
    }
    const before = await sink.taken()
    const cpu = process.cpuUsage()
    const freezing = await seconds(() => freezeAudience(db, campaign, new Date()))
    const attempt = {
      channels: { email: kept, sms: null, push: null },
      publicUrl: 'https://mail.studio.test',
      clock: () => new Date(),
      stop: () => false,
    }
    const { value: sending, heap, rss } = await watched(() => seconds(() => deliverDue(db, campaign, attempt)))
    channel.close()
    const [done] = await rows<{ sent: number; events: number }>(
      db,
      `SELECT (SELECT COUNT(*) FROM deliveries WHERE state = 'sent') AS sent, (SELECT COUNT(*) FROM delivery_events WHERE type = 'sent') AS events`,
    )
    const taken = (await sink.taken()) - before
    if (done?.sent !== recipients || done.events !== recipients || taken !== recipients) {
      throw new Error(`${recipients} recipients, ${taken} taken, ${done?.sent} sent, ${done?.events} in the history`)
    }
    const rate = recipients / (freezing + sending)
    say(
      `${recipients.toLocaleString('en')} recipients, end to end`,
      rate,
      `${cpuSince(cpu, recipients)}, freeze ${freezing.toFixed(2)} s, send ${sending.toFixed(1)} s, heap ≤ ${heap.toFixed(0)} MB, process ≤ ${rss.toFixed(0)} MB`,
    )
    return rate
  })
}

/** The library composes each mail anew and hands it over, through as many connections, with nothing written anywhere. */
async function measureAlone(count: number, sink: Sink, envelope: Envelope): Promise<number> {
  const transport = createTransport({
    url: sink.url,
    pool: true,
    maxConnections: 8,
    maxMessages: Number.POSITIVE_INFINITY,
  } as object)
  const { subject, headers, from } = envelope
  const [html, text] = [whole(envelope.html), whole(envelope.text)]
  const waiting = Array.from({ length: count }, (_, index) => index).values()
  const lane = async () => {
    for (const index of waiting)
      await transport.sendMail({ from, to: `c${index}@mail.test`, subject, html, text, headers })
  }
  const cpu = process.cpuUsage()
  const took = await seconds(() => Promise.all(Array.from({ length: 8 }, lane)))
  transport.close()
  say('nodemailer alone, composing each', count / took, cpuSince(cpu, count))
  return count / took
}

async function measureFreeze(customers: number): Promise<void> {
  await withDatabase(`bench_mail_freeze_${customers}`, customers, async (db) => {
    const campaign = await order(db)
    const took = await seconds(() => freezeAudience(db, campaign, new Date()))
    console.log(
      `  ${`audience of ${customers.toLocaleString('en')} frozen`.padEnd(52)}${`${took.toFixed(1)} s`.padStart(16)}`,
    )
  })
}

function say(what: string, rate: number, more: string): void {
  console.log(`  ${what.padEnd(52)}${`${rate.toFixed(0)} mails/s`.padStart(16)}   ${more}`)
}

async function describeMachine(): Promise<void> {
  const db = openDatabase(`${options.server}/`, 1)
  const [row] = await rows<{ version: string; flush: number }>(
    db,
    'SELECT VERSION() AS version, @@innodb_flush_log_at_trx_commit AS flush',
  )
  await db.destroy()
  const processors = cpus()
  console.log(
    `${processors.length} × ${processors[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}; ${row?.version}, flush_log_at_trx_commit ${row?.flush}`,
  )
}

await describeMachine()
const sink = await startSink()
const sizes = options.recipients.length === 0 && options.freeze.length === 0 ? ['5000'] : options.recipients
const rates: number[] = []
for (const size of sizes) rates.push(await measureOurs(Number(size), sink))
const envelope = sample as Envelope | null
if (envelope !== null) {
  const { head, body } = composeMail(envelope, new Date())
  console.log(`  (one mail: ${(head.length + body.length).toLocaleString('en')} bytes on the wire)`)
  const alone = await measureAlone(Number(options.alone), sink, envelope)
  for (const [index, rate] of rates.entries())
    console.log(`  ${sizes[index]} recipients: ${(rate / alone).toFixed(2)} × nodemailer alone`)
}
for (const size of options.freeze) await measureFreeze(Number(size))
sink.child.disconnect()
