import { type Database, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { messageTemplate, type RenderedMessage } from '../messages/renderMessage.ts'
import { readSettings } from '../settings/readSettings.ts'
import { mergeReader } from './readMergeData.ts'

type Row = {
  campaign_id: number
  variant: string | null
  customer_id: number
  provider_id: number
}

/** More than any message asks. */
const ANSWERS = 500

type Message = { subject: string; html: string; text: string; first_link: number }

/**
 * The message of one delivery as its customer got it, made once more from what the campaign keeps: its links lead
 * straight to their pages, opening it counts for nothing, and what a merge tag says is what is known today.
 *
 * @param publicUrl the address in links, without a trailing slash
 * @throws Problem 'not_found'
 */
export async function showMessage(
  db: Database,
  delivery: number,
  publicUrl: string,
  now: Date,
): Promise<RenderedMessage> {
  const [row] = await rows<Row>(
    db,
    `SELECT d.campaign_id, d.variant, d.customer_id, m.provider_id
     FROM deliveries d JOIN campaigns m ON m.id = d.campaign_id WHERE d.id = ?`,
    [delivery],
  )
  if (row === undefined) throw new Problem('not_found', `There is no delivery ${delivery}`)
  const message = await messageOf(db, row)
  const sql = 'SELECT url FROM campaign_links WHERE campaign_id = ? ORDER BY position'
  const links = (await rows<{ url: string }>(db, sql, [row.campaign_id])).map(({ url }) => url)
  const settings = await readSettings(db)
  const { subject, html, text } = message
  const read = await mergeReader(db, { settings, providerId: row.provider_id }, [subject, html, text])
  const recipient = (await read([{ id: delivery, customer_id: row.customer_id }], now)).get(delivery)
  if (recipient === undefined) throw new Problem('not_found', 'The customer of this delivery is not there any more')
  return messageTemplate(message)(recipient.data, recipient.language, {
    to: links.slice(message.first_link),
    // what a survey answers is not written down by looking at it
    answers: Array.from({ length: ANSWERS }, () => `${publicUrl}/u/test`),
    unsubscribe: `${publicUrl}/u/test`,
    pixel: null,
    base: publicUrl,
  })
}

async function messageOf(db: Database, { campaign_id: campaign, variant }: Row): Promise<Message> {
  const second =
    variant === 'b'
      ? await rows<Message>(
          db,
          "SELECT subject, html, text, first_link FROM campaign_variants WHERE campaign_id = ? AND variant = 'b'",
          [campaign],
        )
      : []
  if (second[0] !== undefined) return second[0]
  const sql = 'SELECT subject, html, text, 0 AS first_link FROM campaigns WHERE id = ?'
  const [first] = await rows<Message>(db, sql, [campaign])
  if (first === undefined) throw new Error(`There is no campaign ${campaign}`)
  return first
}
