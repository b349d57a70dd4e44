import { createHash } from 'node:crypto'
import { type Database, execute, rows } from '../../database.ts'
import { insertRows } from '../../insertRows.ts'
import { counted, countSql, type Removal } from '../removal.ts'

const BATCH = 1_000

type Click = {
  id: number
  delivery: number
  campaign: number
  url: string | null
  /** Of a person, in a message that was no test. */
  counts: number
}

const CLICKS = `SELECT e.id, e.delivery_id AS delivery, d.campaign_id AS campaign, e.machine IS NULL AND d.test = 0 AS counts,
    COALESCE(JSON_UNQUOTE(JSON_EXTRACT(e.detail, '$.url')), l.url) AS url
  FROM delivery_events e JOIN deliveries d ON d.id = e.delivery_id
  LEFT JOIN campaign_links l ON l.campaign_id = d.campaign_id AND l.position = JSON_EXTRACT(e.detail, '$.link')`

/**
 * When somebody opened a message, which links they followed, and what machines did. Whether a message was opened and
 * clicked, and when first, stays with it: counts, rules and attribution rest on that; how often a link was followed stays as
 * a number of its campaign.
 */
export const tracking: Removal = {
  async count(db, { at }) {
    const sql = (type: string) => countSql(`SELECT 1 FROM delivery_events WHERE type = '${type}' AND at < ?`)
    const found = await Promise.all(['opened', 'clicked'].map((type) => rows<{ count: number }>(db, sql(type), [at])))
    return counted(found.flat().reduce((sum, { count }) => sum + count, 0))
  },

  async remove(trx, { at }) {
    const sql = `DELETE FROM delivery_events WHERE type = 'opened' AND at < ? ORDER BY at, id LIMIT ${BATCH}`
    const opened = await execute(trx, sql, [at])
    if (opened === BATCH) return { removed: opened, more: true }
    const clicks = await rows<Click>(
      trx,
      `${CLICKS} WHERE e.type = 'clicked' AND e.at < ? ORDER BY e.at, e.id LIMIT ${BATCH}`,
      [at],
    )
    if (clicks.length > 0) {
      await keepCounts(trx, clicks)
      await execute(trx, 'DELETE FROM delivery_events WHERE id IN (?)', [clicks.map(({ id }) => id)])
    }
    return { removed: opened + clicks.length, more: clicks.length === BATCH }
  },
}

/** Of the people who followed a link each counts once: with the last of their clicks that goes. */
async function keepCounts(trx: Database, clicks: readonly Click[]): Promise<void> {
  const going = new Set(clicks.map(({ id }) => id))
  const own = clicks.filter(({ counts }) => counts === 1)
  if (own.length === 0) return
  const pair = ({ delivery, url }: Click) => `${delivery} ${url ?? '?'}`
  const others = await rows<Click>(
    trx,
    `${CLICKS} WHERE e.type = 'clicked' AND e.machine IS NULL AND e.delivery_id IN (?)`,
    [[...new Set(own.map(({ delivery }) => delivery))]],
  )
  const staying = new Set(others.filter(({ id }) => !going.has(id)).map(pair))
  const sums = new Map<string, { campaign: number; url: string; people: Set<number>; clicks: number }>()
  for (const click of own) {
    const url = click.url ?? '?'
    const name = `${click.campaign} ${url}`
    const sum = sums.get(name) ?? { campaign: click.campaign, url, people: new Set<number>(), clicks: 0 }
    sum.clicks += 1
    if (!staying.has(pair(click))) sum.people.add(click.delivery)
    sums.set(name, sum)
  }
  await insertRows(
    trx,
    'kept_clicks',
    ['campaign_id', 'url_hash', 'url', 'people', 'clicks'],
    [...sums.values()].map(({ campaign, url, people, clicks: count }) => [
      ...[campaign, createHash('sha256').update(url).digest(), url.slice(0, 2_048), people.size, count],
    ]),
    'ON DUPLICATE KEY UPDATE people = kept_clicks.people + VALUES(people), clicks = kept_clicks.clicks + VALUES(clicks)',
  )
}
