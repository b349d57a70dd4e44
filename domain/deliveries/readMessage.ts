import { type Database, rows } from '../database.ts'

type Message = { subject: string; html: string; text: string; provider_id: number }

/** A campaign's message as its recipients' copies are rendered from it, and the pages that it leads to. */
export async function readMessage(db: Database, campaign: number): Promise<Message & { urls: string[] }> {
  const sql = 'SELECT subject, html, text, provider_id FROM campaigns WHERE id = ?'
  const [message] = await rows<Message>(db, sql, [campaign])
  if (message === undefined) throw new Error(`There is no campaign ${campaign}`)
  const links = 'SELECT url FROM campaign_links WHERE campaign_id = ? ORDER BY position'
  return { ...message, urls: (await rows<{ url: string }>(db, links, [campaign])).map(({ url }) => url) }
}
