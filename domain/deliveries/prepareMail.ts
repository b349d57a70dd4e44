import type { Database } from '../database.ts'
import { execute, rows } from '../database.ts'
import { piecesTemplate } from '../messages/renderMessage.ts'
import type { Settings } from '../settings/readSettings.ts'
import { writeToken } from '../tracking/token.ts'
import type { Envelope } from './channels/channel.ts'
import type { Claimed } from './claimBatch.ts'
import { messageId } from './messageId.ts'
import { mergeReader } from './readMergeData.ts'
import { readMessage } from './readMessage.ts'
import { returnPath } from './returnPath.ts'

/** Makes the mail of one delivery. Throws when the message can't be rendered for this customer. */
export type MailMaker = (delivery: Claimed) => Envelope

/** Reads what the mails of a batch are filled with, at once for all of them. */
export type BatchMailMaker = (batch: readonly Claimed[], now: Date) => Promise<MailMaker>

/**
 * Reads a campaign's compiled message and parses it once.
 *
 * @param publicUrl the address in links, without a trailing slash
 * @param key the secret that links are signed with
 */
export async function mailMaker(
  db: Database,
  campaign: number,
  { settings, publicUrl, key }: { settings: Settings; publicUrl: string; key: Buffer },
): Promise<BatchMailMaker> {
  const { urls, ...message } = await readMessage(db, campaign)
  const answers = await countAnswers(db, campaign)
  const first = { render: piecesTemplate(message), firstLink: 0, firstAnswer: 0 }
  const second = await readSecond(db, campaign)
  const read = await mergeReader(db, { settings, providerId: message.provider_id }, [
    ...[message, second].flatMap((one) => (one === null ? [] : [one.subject, one.html, one.text])),
  ])
  return async (batch, now) => {
    const recipients = await read(batch, now)
    return (delivery) => {
      const { render, firstLink, firstAnswer } = (delivery.variant === 'b' ? second : null) ?? first
      const { id, address } = delivery
      const recipient = recipients.get(id)
      if (recipient === undefined) throw new Error('the customer is gone')
      const unsubscribe = `${publicUrl}/u/${writeToken(key, { kind: 'unsubscribe', delivery: id })}`
      const rendered = render(recipient.data, recipient.language, {
        to: urls
          .map((url, link) => `${publicUrl}/t/c/${writeToken(key, { kind: 'click', delivery: id, link }, url)}`)
          .slice(firstLink),
        answers: Array.from({ length: answers }, (_, link) => link)
          .slice(firstAnswer)
          .map((link) => `${publicUrl}/s/${writeToken(key, { kind: 'answer', delivery: id, link })}`),
        unsubscribe,
        pixel: `${publicUrl}/t/o/${writeToken(key, { kind: 'open', delivery: id })}`,
        base: publicUrl,
      })
      return {
        ...rendered,
        to: address,
        from: { name: settings.senderName, address: settings.senderEmail },
        returnPath: returnPath(settings, { delivery: id, key }),
        messageId: messageId(key, id, settings.senderEmail),
        headers: {
          'List-Unsubscribe': `<${unsubscribe}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        },
      }
    }
  }
}

/** The second message of a campaign that compares two; its links stand behind those of the first. */
async function readSecond(db: Database, campaign: number) {
  const sql = `SELECT subject, html, text, first_link, first_answer FROM campaign_variants
    WHERE campaign_id = ? AND variant = 'b'`
  type Second = { subject: string; html: string; text: string; first_link: number; first_answer: number }
  const [second] = await rows<Second>(db, sql, [campaign])
  if (second === undefined) return null
  return { ...second, render: piecesTemplate(second), firstLink: second.first_link, firstAnswer: second.first_answer }
}

/** How many answers the surveys of a campaign offer, in all its messages. */
async function countAnswers(db: Database, campaign: number): Promise<number> {
  const sql = 'SELECT COUNT(*) AS count FROM campaign_answers WHERE campaign_id = ?'
  const [row] = await rows<{ count: number }>(db, sql, [campaign])
  return row?.count ?? 0
}

/** Notes the Message-IDs of a batch before it is handed over, so that a notice about one always finds its delivery. */
export async function noteMessageIds(db: Database, token: Buffer, ids: ReadonlyMap<number, string>): Promise<void> {
  if (ids.size === 0) return
  const table = [...ids].map(() => 'SELECT ? AS id, ? AS message_id').join(' UNION ALL ')
  await execute(
    db,
    `UPDATE deliveries d JOIN (${table}) n ON n.id = d.id SET d.message_id = n.message_id WHERE d.claim = ?`,
    [...[...ids].flat(), token],
  )
}
