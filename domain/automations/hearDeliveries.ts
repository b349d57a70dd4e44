import { type Database, rows } from '../database.ts'
import type { DeliveryEvent } from '../deliveries/events.ts'
import { failThose } from './act.ts'
import { readVersions, versionKey } from './definition.ts'
import { hear } from './hear.ts'
import { type Move, moveOn } from './moveOn.ts'
import { STANDING, type Standing } from './standing.ts'
import { wakeCohorts } from './wakeCohorts.ts'

/** With these a message is out of our hands, or never will be: who stands for it goes on. */
const OUTCOMES: Readonly<Record<string, string>> = {
  sent: 'sent',
  // told before the mail server's answer to us was written, or where who was to write it died: then nothing else will come
  delivered: 'sent',
  bounced: 'bounced',
  cancelled: 'left_out',
  unconfirmed: 'unconfirmed',
}

type Row = Standing & {
  delivery: number
  automation_id: number
  version: number
  cohort_id: number
  message_step: string
  standing: number
}

/**
 * What becomes of messages of automations, in the transaction in which it does: those who stand for one go on, or stay
 * where it failed, and who opens or clicks is heard of. Costs one look at messages that are no automation's.
 */
export async function hearDeliveries(trx: Database, events: readonly DeliveryEvent[], now: Date): Promise<void> {
  const telling = events.filter(
    ({ type, machine }) =>
      machine === undefined && (type in OUTCOMES || ['failed', 'resent', 'opened', 'clicked'].includes(type)),
  )
  if (telling.length === 0) return
  const found = await rows<Row>(
    trx,
    `SELECT ${STANDING}, d.id AS delivery, e.automation_id, e.version, e.cohort_id, p.step AS message_step,
       (e.state = 'active' AND e.delivery_id = d.id) AS standing
     FROM deliveries d JOIN enrolments e ON e.id = d.enrolment_id JOIN campaigns p ON p.id = d.campaign_id
     WHERE d.id IN (?) AND d.enrolment_id > 0`,
    [[...new Set(telling.map(({ delivery }) => delivery))]],
  )
  if (found.length === 0) return
  const byDelivery = new Map(found.map((row) => [row.delivery, row]))
  await goOn(trx, telling, byDelivery, now)
  await hear(
    trx,
    telling.flatMap(({ delivery, type }) => {
      const row = byDelivery.get(delivery)
      if (row === undefined || (type !== 'opened' && type !== 'clicked')) return []
      const { id, customerId, providerId, message_step: about } = row
      return [{ on: type, about, customerId, providerId, enrolmentId: id }]
    }),
    now,
  )
}

async function goOn(
  trx: Database,
  events: readonly DeliveryEvent[],
  byDelivery: ReadonlyMap<number, Row>,
  now: Date,
): Promise<void> {
  const ended = new Map<number, { row: Row; event: DeliveryEvent }>()
  for (const event of events) {
    const row = byDelivery.get(event.delivery)
    if (row?.standing === 1) ended.set(row.id, { row, event })
  }
  const cohorts = new Set<number>()
  const moves = new Map<string, Move[]>()
  for (const { row, event } of ended.values()) {
    const outcome = OUTCOMES[event.type]
    const reason = typeof event.detail?.reason === 'string' ? event.detail.reason : null
    if (event.type === 'failed') await failThose(trx, [row.id], reason ?? 'The message could not be sent')
    if (outcome === undefined) continue
    cohorts.add(row.cohort_id)
    const key = versionKey({ automationId: row.automation_id, version: row.version })
    const detail = outcome === 'sent' ? null : reason
    moves.set(key, [...(moves.get(key) ?? []), { who: row, to: null, outcome, detail }])
  }
  const versions = await readVersions(
    trx,
    [...ended.values()].map(({ row }) => ({ automationId: row.automation_id, version: row.version })),
  )
  for (const [key, those] of moves) {
    const version = versions.get(key)
    if (version === undefined) continue
    await moveOn(
      trx,
      version,
      those.map((move) => ({ ...move, to: version.walk.after(move.who.step) })),
      now,
    )
  }
  await wakeCohorts(trx, [...cohorts], now)
}
