import { hear } from '../automations/hear.ts'
import { type Database, execute, rows } from '../database.ts'
import { insertEvents } from '../deliveries/events.ts'
import { cleanText } from '../messages/cleanText.ts'
import { transact } from '../retry.ts'
import { markDirty } from '../segments/markDirty.ts'
import { noteEvents, wantedOf } from '../webhooks/noteEvents.ts'
import type { Offered } from './readOffered.ts'

/** The longest free text. */
export const MAX_COMMENT = 2_000

/**
 * Stores what a customer answered. Who answers the same question of the same mail again has changed their mind: the answer
 * before is kept, and counts no more. The same answer once more changes nothing. Rules may ask for it: the customer is
 * looked at again.
 *
 * @param given an answer that was offered, as its link or the form of its page said it, and a free text
 * @returns the words of the answer that stands then
 */
export function recordAnswer(
  db: Database,
  offered: Offered,
  given: { answer: string; comment: string },
  now: Date,
): Promise<string> {
  const { delivery, customerId, survey, question } = offered
  const choice = offered.choices.find(({ answer }) => answer === given.answer)
  // whoever sends another form than ours has the answer that they clicked
  const { answer, label } = choice ?? { answer: offered.clicked, label: labelOf(offered, offered.clicked) }
  const comment = cleanText(given.comment.replace(/\r\n?/g, '\n')).trim().slice(0, MAX_COMMENT)
  return transact(db, async (trx) => {
    // of somebody who was deleted since the page was asked for nothing is kept
    const who = await rows(trx, 'SELECT id FROM customers WHERE id = ? AND known = 1 LOCK IN SHARE MODE', [customerId])
    if (who.length === 0) return label
    // answers to one mail come one after the other
    await rows(trx, 'SELECT id FROM deliveries WHERE id = ? FOR UPDATE', [delivery])
    const [standing] = await rows<{ id: number; answer: string; comment: string | null }>(
      trx,
      'SELECT id, answer, comment FROM survey_answers WHERE delivery_id = ? AND survey = ? AND replaced_at IS NULL',
      [delivery, survey],
    )
    const kept = comment === '' ? (standing?.comment ?? '') : comment
    if (standing?.answer === answer && (standing.comment ?? '') === kept) return label
    if (standing !== undefined) {
      await execute(trx, 'UPDATE survey_answers SET replaced_at = ? WHERE id = ?', [now, standing.id])
    }
    await execute(
      trx,
      `INSERT INTO survey_answers (delivery_id, customer_id, survey, answer, question, label, comment, answered_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      [delivery, customerId, survey, answer, question, label, kept === '' ? null : kept, now],
    )
    await insertEvents(trx, [{ delivery, type: 'answered', detail: { survey, answer, question, label } }], now)
    await markDirty(trx, [{ providerId: 0, customerId }], 'event', now)
    await hear(trx, [{ on: 'survey_answered', about: survey, answer, customerId, providerId: 0 }], now)
    if ((await wantedOf(trx, ['survey.answered'])).size > 0) {
      // what they wrote in words of their own is theirs: it is read where answers are read
      const data = { survey, question, answer, label, delivery: String(delivery) }
      await noteEvents(trx, [{ type: 'survey.answered', customerId, providerId: 0, data }], now)
    }
    return label
  })
}

const labelOf = ({ choices }: Offered, answer: string) =>
  choices.find((choice) => choice.answer === answer)?.label ?? answer
