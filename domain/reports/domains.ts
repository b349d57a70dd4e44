import { type Database, rows } from '../database.ts'

/** How one mail domain took the messages. */
export type DomainCounts = {
  domain: string
  recipients: number
  delivered: number
  opened: number
  clicked: number
  bounced: number
}

const MOST = 30

/** The mail domains of a campaign's recipients, those with most of them first; none for channels without domains. */
export async function domainsOf(db: Database, campaign: number): Promise<DomainCounts[]> {
  const found = await rows<DomainCounts>(
    db,
    `SELECT LOWER(SUBSTRING_INDEX(address, '@', -1)) AS domain, COUNT(*) AS recipients, SUM(state = 'delivered') AS delivered,
       COUNT(opened_at) AS opened, COUNT(clicked_at) AS clicked, SUM(state = 'bounced') AS bounced
     FROM deliveries WHERE campaign_id = ? AND channel = 'email' AND NOT test
     GROUP BY LOWER(SUBSTRING_INDEX(address, '@', -1)) ORDER BY recipients DESC, domain LIMIT ${MOST}`,
    [campaign],
  )
  return found.map((one) => ({ ...one, delivered: Number(one.delivered), bounced: Number(one.bounced) }))
}
