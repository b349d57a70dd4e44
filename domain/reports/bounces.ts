import { type Database, rows } from '../database.ts'

/** Messages that came back for one reason. */
export type BounceReason = { class: string; reason: string; count: number }

const MOST = 50
/** So many different sentences of mail servers are looked at; many differ by the address that they name. */
const SENTENCES = 2_000

/** Why messages of a campaign came back, the commonest first. */
export async function bouncesOf(db: Database, campaign: number): Promise<BounceReason[]> {
  const found = await rows<{ class: string | null; reason: string | null; count: number }>(
    db,
    `SELECT bounce_class AS class, LEFT(reason, 300) AS reason, COUNT(*) AS count FROM deliveries
     WHERE campaign_id = ? AND state = 'bounced' AND NOT test
     GROUP BY bounce_class, LEFT(reason, 300) ORDER BY count DESC LIMIT ${SENTENCES}`,
    [campaign],
  )
  const alike = new Map<string, BounceReason>()
  for (const { class: kind, reason, count } of found) {
    const words = withoutOwn(reason ?? '')
    const key = `${kind} ${words}`
    const before = alike.get(key)?.count ?? 0
    alike.set(key, { class: kind ?? 'other', reason: words, count: before + count })
  }
  return [...alike.values()].sort((a, b) => b.count - a.count).slice(0, MOST)
}

/** What a server's sentence says of one message only, its address and its mark in the queue, is left out. */
function withoutOwn(reason: string): string {
  return reason
    .replace(/<?[^\s<>@]+@[^\s<>@]+>?/g, '…')
    .replace(/\b(?=[a-z]*\d)[a-z0-9-]{10,}(\.[a-z0-9-]+)*\b/gi, '…')
    .trim()
    .slice(0, 200)
}
