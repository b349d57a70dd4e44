import { type Database, execute, rows } from '../database.ts'
import { type DeliveryEvent, insertEvents } from '../deliveries/events.ts'
import { suppress } from '../suppressions/suppress.ts'
import { recordAnswer } from '../surveys/recordAnswer.ts'
import { readsAndClicks } from './deliveries.ts'
import type { Random } from './random.ts'

type Sent = { id: number; customer_id: number; sent_at: Date; subject: string; links: number; survey: string | null }

type Happening = { at: Date; delivery: number; customer: number; subject: string; survey: string | null } & Pick<
  DeliveryEvent,
  'detail'
> & { type: 'delivered' | 'opened' | 'clicked' | 'unsubscribed' }

/** Of those who open a mail that asks something. */
const ANSWERING = 0.9

/** How many of those who click in a survey answer it with each of its answers, the first one most. */
const ANSWERS = [4, 3, 1, 1, 1]

/** Customers who read what automations send them: some at once, some days later, some never. */
export class Readers {
  readonly #random: Random
  #ahead: Happening[] = []
  #last = 0

  constructor(random: Random) {
    this.#random = random
  }

  /** Decides what becomes of the messages of automations that were handed over since the last time. */
  async receive(trx: Database): Promise<void> {
    const fresh = await rows<Sent>(
      trx,
      `SELECT d.id, d.customer_id, d.sent_at, c.subject,
         (SELECT COUNT(*) FROM campaign_links l WHERE l.campaign_id = c.id) AS links,
         (SELECT MIN(a.survey) FROM campaign_answers a WHERE a.campaign_id = c.id) AS survey
       FROM deliveries d JOIN campaigns c ON c.id = d.campaign_id
       WHERE d.id > ? AND d.state = 'sent' ORDER BY d.id`,
      [this.#last],
    )
    for (const { id, customer_id: customer, sent_at: sentAt, subject, links, survey } of fresh) {
      const { happened } = readsAndClicks(this.#random, sentAt, survey === null ? 0.3 : ANSWERING)
      for (const one of happened) {
        if (one.type === 'clicked' && links === 0 && survey === null) continue
        this.#ahead.push({ ...one, delivery: id, customer, subject, survey })
      }
      this.#last = id
    }
  }

  /** Lets what readers do up to an instant happen. */
  async readUntil(trx: Database, now: Date): Promise<void> {
    const due = this.#ahead.filter(({ at }) => at <= now).sort((a, b) => a.at.getTime() - b.at.getTime())
    this.#ahead = this.#ahead.filter(({ at }) => at > now)
    if (due.length === 0) return
    for (const column of ['delivered', 'opened', 'clicked'] as const) {
      const those = due.filter(({ type }) => type === column)
      if (those.length > 0) await noteFirst(trx, column, those)
    }
    await insertEvents(
      trx,
      due.map(({ delivery, type, at, detail }) => ({
        delivery,
        type,
        at,
        ...(detail === undefined ? {} : { detail }),
      })),
      now,
    )
    for (const one of due) {
      if (one.type === 'clicked' && one.survey !== null) await this.#answer(trx, one, one.survey)
      if (one.type !== 'unsubscribed') continue
      const key = { customerId: one.customer, providerId: 0, channel: 'email' as const }
      await suppress(trx, key, { reason: 'unsubscribed', source: `Automation “${one.subject}”` }, one.at)
    }
  }

  async #answer(trx: Database, { delivery, customer, at }: Happening, survey: string): Promise<void> {
    const choices = await rows<{ answer: string; label: string; question: string }>(
      trx,
      `SELECT a.answer, a.label, a.question FROM campaign_answers a JOIN deliveries d ON d.campaign_id = a.campaign_id
       WHERE d.id = ? AND a.survey = ? ORDER BY a.position`,
      [delivery, survey],
    )
    if (choices.length === 0) return
    const chosen = this.#random.weighted(choices.map((choice, n) => [choice, ANSWERS[n] ?? 1] as const))
    const { question, answer: clicked } = chosen
    const offered = { delivery, customerId: customer, language: null, survey, question, choices, clicked, given: null }
    await recordAnswer(trx, offered, { answer: clicked, comment: '' }, at)
  }
}

/** Notes on deliveries when something first happened to them. */
async function noteFirst(
  trx: Database,
  what: 'delivered' | 'opened' | 'clicked',
  those: readonly Happening[],
): Promise<void> {
  const table = those.map(() => 'SELECT ? AS id, CAST(? AS DATETIME(3)) AS at').join(' UNION ALL ')
  const arrived = what === 'delivered' ? ", d.state = 'delivered'" : ''
  await execute(
    trx,
    `UPDATE deliveries d JOIN (${table}) n ON n.id = d.id SET d.${what}_at = COALESCE(d.${what}_at, n.at)${arrived}`,
    those.flatMap(({ delivery, at }) => [delivery, at]),
  )
}
