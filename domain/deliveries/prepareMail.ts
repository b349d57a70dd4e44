import type { Database } from '../database.ts'
import { execute, rows } from '../database.ts'
import { messageTemplate } from '../messages/renderMessage.ts'
import { mailLanguage } from '../messages/words.ts'
import type { Settings } from '../settings/readSettings.ts'
import { writeToken } from '../tracking/token.ts'
import type { Envelope } from './channels/channel.ts'
import type { Claimed } from './claimBatch.ts'
import { messageId } from './messageId.ts'
import { returnPath } from './returnPath.ts'

/** Makes the mail of one delivery. Throws when the message can't be rendered for this customer. */
export type MailMaker = (delivery: Claimed) => Envelope

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
): Promise<MailMaker> {
  const sql = 'SELECT subject, html, text FROM campaigns WHERE id = ?'
  const [message] = await rows<{ subject: string; html: string; text: string }>(db, sql, [campaign])
  if (message === undefined) throw new Error(`There is no campaign ${campaign}`)
  const urls = await readLinks(db, campaign)
  const first = { render: messageTemplate(message), firstLink: 0 }
  const second = await readSecond(db, campaign)
  return (delivery) => {
    const { render, firstLink } = (delivery.variant === 'b' ? second : null) ?? first
    const { id, first_name, last_name, language, address } = delivery
    const unsubscribe = `${publicUrl}/u/${writeToken(key, { kind: 'unsubscribe', delivery: id })}`
    const rendered = render(
      { customer: { first_name, last_name }, business: { name: settings.name } },
      mailLanguage(language, settings.language),
      {
        to: urls
          .map((url, link) => `${publicUrl}/t/c/${writeToken(key, { kind: 'click', delivery: id, link }, url)}`)
          .slice(firstLink),
        unsubscribe,
        pixel: `${publicUrl}/t/o/${writeToken(key, { kind: 'open', delivery: id })}`,
      },
    )
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

/** The second message of a campaign that compares two; its links stand behind those of the first. */
async function readSecond(db: Database, campaign: number) {
  const sql = "SELECT subject, html, text, first_link FROM campaign_variants WHERE campaign_id = ? AND variant = 'b'"
  type Second = { subject: string; html: string; text: string; first_link: number }
  const [second] = await rows<Second>(db, sql, [campaign])
  return second === undefined ? null : { render: messageTemplate(second), firstLink: second.first_link }
}

async function readLinks(db: Database, campaign: number): Promise<string[]> {
  const sql = 'SELECT url FROM campaign_links WHERE campaign_id = ? ORDER BY position'
  return (await rows<{ url: string }>(db, sql, [campaign])).map(({ url }) => url)
}

/** Notes the Message-IDs of a batch before it is handed over, so that a notice about one always finds its delivery. */
export async function noteMessageIds(
  db: Database,
  token: Buffer,
  mails: readonly { delivery: Claimed; envelope: Envelope }[],
): Promise<void> {
  if (mails.length === 0) return
  const table = mails.map(() => 'SELECT ? AS id, ? AS message_id').join(' UNION ALL ')
  await execute(
    db,
    `UPDATE deliveries d JOIN (${table}) n ON n.id = d.id SET d.message_id = n.message_id WHERE d.claim = ?`,
    [...mails.flatMap(({ delivery, envelope }) => [delivery.id, envelope.messageId]), token],
  )
}
