import { type Database, fromJson, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import type { Document } from '../messages/document.ts'
import type { PushContent, SmsContent } from '../messages/shortMessage.ts'
import { type AskedReward, askedReward, type Reward } from '../rewards/reward.ts'
import type { AbTest } from './choices.ts'
import type { Criteria } from './criteria.ts'

type Message = { subject: string; document: Document } | { subject: string; template: string }

/** A campaign as it was ordered, to be copied or edited. */
export type ReadOrder = {
  name: string
  criteria: Criteria
  content: Message | SmsContent | PushContent
  reward: AskedReward | null
  abTest: (AbTest & { content: Message }) | null
  sendAt: Date | null
  spreadMinutes: number | null
  holdout: number
  seed: string
  revision: number
}

type Row = {
  name: string
  criteria: string
  subject: string
  document: string
  reward: string | null
  template_id: string | null
  second_template: string | null
  second_subject: string | null
  second_document: string | null
  ab_test: string | null
  send_at: Date | null
  spread_minutes: number | null
  holdout: number
  seed: string
  revision: number
}

/**
 * What was ordered.
 *
 * @throws Problem `not_found`
 */
export async function readOrder(db: Database, campaign: number): Promise<ReadOrder> {
  const [row] = await rows<Row>(
    db,
    `SELECT m.name, m.criteria, m.subject, m.document, m.template_id, v.template_id AS second_template, m.reward,
       v.subject AS second_subject, v.document AS second_document,
       m.ab_test, m.send_at, m.spread_minutes, m.holdout, m.seed, m.revision
     FROM campaigns m LEFT JOIN campaign_variants v ON v.campaign_id = m.id AND v.variant = 'b' WHERE m.id = ?`,
    [campaign],
  )
  if (row === undefined) throw new Problem('not_found', `There is no campaign ${campaign}`)
  const abTest = fromJson<AbTest>(row.ab_test)
  const second = toMessage(row.second_subject, row.second_document, row.second_template)
  const criteria = fromJson<Criteria>(row.criteria) ?? {}
  const short = (criteria.channel ?? 'email') === 'email' ? null : fromJson<SmsContent | PushContent>(row.document)
  return {
    name: row.name,
    criteria,
    content: short ??
      toMessage(row.subject, row.document, row.template_id) ?? { subject: row.subject, document: EMPTY },
    reward: askedReward(fromJson<Reward>(row.reward)),
    abTest: abTest === null || second === null ? null : { ...abTest, content: second },
    sendAt: row.send_at,
    spreadMinutes: row.spread_minutes,
    holdout: row.holdout,
    seed: row.seed,
    revision: row.revision,
  }
}

const EMPTY: Document = { type: 'doc', content: [] }

function toMessage(subject: string | null, document: string | null, template: string | null): Message | null {
  if (subject !== null && template !== null) return { subject, template }
  const tree = fromJson<Document>(document)
  return subject === null || tree === null ? null : { subject, document: tree }
}
