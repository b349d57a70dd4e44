import { setTimeout as sleep } from 'node:timers/promises'
import { type Database, rows } from '../../domain/database.ts'
import type { TakenMail } from '../support/smtp.ts'
import type { Client } from './client.ts'

/** The customers of one aggregator, of whom nobody else in the play knows. */
const MEMBERS = 200
const AGGREGATOR = 'Job circle'
/** How long a member, a mail or a line in the history may take while things are killed, in milliseconds. */
const PATIENCE = 180_000

const memberOf = (n: number) => `j${n}`

/** What somebody saw who did the main job: the campaign's id, and of whom the history says that the mail went. */
export type Seen = { campaign: string; sent: string[] }

/**
 * The main job, by somebody who looks again until it is there: a rule becomes a segment, customers who come meet it, all its
 * members are written to, and the history of each is looked at.
 *
 * @throws when a step does not come to its end in three minutes
 */
export async function doMainJob(client: Client): Promise<Seen> {
  const rule = { fact: 'aggregator', is: 'one_of', value: [AGGREGATOR] }
  const { id } = await client.need<{ id: string }>('POST', '/segments', { name: 'Of the circle', rule })
  await client.need('POST', '/ingest', {
    customers: Array.from({ length: MEMBERS }, (_, n) => ({
      ...{ id: memberOf(n), first_name: `Member${n}`, email: `${memberOf(n)}@mail.test`, aggregator: AGGREGATOR },
      consents: { email: true },
    })),
  })
  await again('all are members', async () => {
    const { items } = await client.need<{ items: { id: string; members: number }[] }>('GET', '/segments')
    return items.find((segment) => segment.id === id)?.members === MEMBERS
  })
  const content = { subject: 'To the circle', html: '<p>{{ customer.first_name }}</p>' }
  const campaign = await client.need<{ id: string }>('POST', '/campaigns', { segment: id, content })
  await again('the campaign is sent', async () => {
    const { state } = await client.need<{ state: string }>('GET', `/campaigns/${campaign.id}`)
    return state === 'sent'
  })
  const sent: string[] = []
  for (let n = 0; n < MEMBERS; n++) {
    type Lines = { items: { campaign: { id: string }; state: string }[] }
    const { items } = await client.need<Lines>('GET', `/customers/${memberOf(n)}/communication`)
    if (items.some((line) => line.campaign.id === campaign.id && line.state === 'sent')) sent.push(memberOf(n))
  }
  return { campaign: campaign.id, sent }
}

/** @returns what the main job left undone, or did twice, by the database and the mail server */
export async function jobFaults(
  db: Database,
  { campaign, sent }: Seen,
  mails: readonly TakenMail[],
): Promise<string[]> {
  const sql = `SELECT c.external_id AS id, d.state FROM deliveries d JOIN customers c ON c.id = d.customer_id
    WHERE d.campaign_id = ? AND c.aggregator = ?`
  const stored = await rows<{ id: string; state: string }>(db, sql, [campaign, AGGREGATOR])
  const got = new Set(mails.map(({ to }) => to))
  return [
    ...(stored.length === MEMBERS ? [] : [`${stored.length} of ${MEMBERS} members of the segment were written to`]),
    ...sent
      .filter((id) => !got.has(`${id}@mail.test`))
      .map((id) => `the history of ${id} shows a mail that never came`),
    ...stored
      .filter(({ id, state }) => state === 'sent' && !sent.includes(id))
      .map(({ id }) => `${id}: not in the history`),
  ]
}

async function again(what: string, isDone: () => Promise<boolean>): Promise<void> {
  for (const until = Date.now() + PATIENCE; !(await isDone()); await sleep(500))
    if (Date.now() > until) throw new Error(`the main job waits in vain until ${what}`)
}
