import { type Database, rows } from '../database.ts'

/** A link of the message: how many people followed it, and how often. */
export type ClickedLink = { url: string; people: number; clicks: number }

/** More links are counted together. */
const MOST = 200

/** The links of a campaign, those that most people followed first. What machines did is not counted. */
export async function linksOf(db: Database, campaign: number): Promise<{ links: ClickedLink[]; more: number }> {
  const known = await rows<{ position: number; url: string }>(
    db,
    'SELECT position, url FROM campaign_links WHERE campaign_id = ? ORDER BY position',
    [campaign],
  )
  // the messages that somebody clicked in are few; only their events are read
  const clicked = await rows<{ url: string | null; link: number | null; people: number; clicks: number }>(
    db,
    `SELECT JSON_UNQUOTE(JSON_EXTRACT(e.detail, '$.url')) AS url, JSON_EXTRACT(e.detail, '$.link') AS link,
       COUNT(DISTINCT e.delivery_id) AS people, COUNT(*) AS clicks
     FROM deliveries d JOIN delivery_events e ON e.delivery_id = d.id AND e.type = 'clicked' AND e.machine IS NULL
     WHERE d.campaign_id = ? AND d.clicked_at IS NOT NULL AND NOT d.test GROUP BY url, link`,
    [campaign],
  )
  const kept = await rows<{ url: string; link: null; people: number; clicks: number }>(
    db,
    'SELECT url, NULL AS link, people, clicks FROM kept_clicks WHERE campaign_id = ?',
    [campaign],
  )
  const links = new Map(known.map(({ url }) => [url, { url, people: 0, clicks: 0 }]))
  for (const { url: written, link, people, clicks } of [...clicked, ...kept]) {
    // an older event says the link's place in the message
    const url = written ?? known.find(({ position }) => position === Number(link))?.url ?? '?'
    const counted = links.get(url) ?? { url, people: 0, clicks: 0 }
    links.set(url, { url, people: counted.people + people, clicks: counted.clicks + clicks })
  }
  const sorted = [...links.values()].sort((a, b) => b.people - a.people || b.clicks - a.clicks)
  return { links: sorted.slice(0, MOST), more: Math.max(0, sorted.length - MOST) }
}
