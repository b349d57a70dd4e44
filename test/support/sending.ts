import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createCampaign } from '../../domain/campaigns/createCampaign.ts'
import type { Criteria } from '../../domain/campaigns/criteria.ts'
import { freezeAudience } from '../../domain/campaigns/freezeAudience.ts'
import { type Database, rows } from '../../domain/database.ts'
import type { Channel, Envelope, Outcome } from '../../domain/deliveries/channels/channel.ts'
import type { Attempt } from '../../domain/deliveries/deliverDue.ts'
import { whole } from '../../domain/messages/pieces.ts'

const CONTENT = {
  subject: 'Hello {{ customer.first_name | default: "you" }}',
  html: '<p>Dear {{ customer.first_name | default: "you" }}, <a href="https://studio.test/plan?week=1&day=2">our plan</a></p>',
}

/** Customers with consent to email, called `c0`, `c1`, …; returns their ids in the API. */
export async function insertCustomers(
  db: Database,
  count: number,
  address = (index: number) => `c${index}@mail.test`,
): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, index) => `c${index}`)
  const at = new Date('2026-01-01T00:00:00Z')
  await db.batchInsert(
    'customers',
    ids.map((id, index) => ({
      external_id: id,
      known: true,
      email: address(index),
      first_name: `First${index}`,
      last_name: 'Last',
      created_at: at,
      updated_at: at,
    })),
  )
  await db.raw(
    "INSERT INTO consents (customer_id, channel, given, at, source) SELECT id, 'email', 1, ?, 'test' FROM customers",
    [at],
  )
  return ids
}

/** A campaign to these customers, not frozen yet. */
export const campaignTo = (db: Database, criteria: Criteria, now = new Date()): Promise<number> =>
  createCampaign(db, { criteria, content: CONTENT, sendAt: null, createdBy: null }, now)

/** A campaign that is ready to deliver. */
export async function frozenCampaign(db: Database, criteria: Criteria, now = new Date()): Promise<number> {
  const id = await campaignTo(db, criteria, now)
  await freezeAudience(db, id, now)
  return id
}

/** A mail as its recipient reads it. */
export type TakenMail = Envelope & { html: string; text: string }

const takenMail = (envelope: Envelope): TakenMail => ({
  ...envelope,
  html: whole(envelope.html),
  text: whole(envelope.text),
})

/** A channel that notes whom it was handed mails for, and answers as told. */
export function recordingChannel(answer: (envelope: Envelope) => Outcome | Promise<Outcome> = () => SENT) {
  const taken: TakenMail[] = []
  const channel: Channel = {
    concurrency: 5,
    close: () => {},
    send: async (envelope) => {
      taken.push(takenMail(envelope))
      return answer(envelope)
    },
  }
  return { channel, taken }
}

export const SENT: Outcome = { state: 'sent', response: '250 ok' }

/** What `deliverDue` works with. */
export const attempt = (channel: Channel, clock = () => new Date()): Attempt => ({
  channels: { email: channel, sms: null, push: null },
  publicUrl: 'http://studio.test',
  clock,
  stop: () => false,
})

/** How many deliveries of a campaign are in each state. */
export async function countStates(db: Database, campaign: number): Promise<Record<string, number>> {
  const sql = 'SELECT state, COUNT(*) AS count FROM deliveries WHERE campaign_id = ? GROUP BY state ORDER BY state'
  const found = await rows<{ state: string; count: number }>(db, sql, [campaign])
  return Object.fromEntries(found.map(({ state, count }) => [state, count]))
}

/** A process of ours with its first message, which says that it is up. */
export async function startProcess(
  file: string,
  env: Record<string, string>,
): Promise<{ child: ChildProcess; message: unknown }> {
  const child = fork(new URL(`../../${file}`, import.meta.url).pathname, {
    env: { ...process.env, ...env },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const [message] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`${file} ended with ${code} before it was ready`)
    }),
  ])
  return { child, message }
}

/** Ends a process the hard way and waits until it is gone. */
export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}
