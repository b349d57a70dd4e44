import { type Database, rows } from '../database.ts'
import { readSettings } from '../settings/readSettings.ts'

/** What messages have brought, in minor units. */
export type Revenue = {
  /** A booking belongs to a message of at most so many days before. */
  days: number
  bookings: number
  attended: number
  /** Prices of those attended, before discounts. */
  revenue: number
  /** Prices of those booked and not attended yet. */
  ahead: number
  /** Of these, where the customer clicked. */
  clicked: { bookings: number; revenue: number }
  /** What the rewards of these messages have taken off so far. */
  discounts: number
}

type Row = { clicked: number; state: string; count: number; price: number }

/**
 * What the messages of a campaign, or of an automation, have brought. Set-based; bookings that were cancelled count for
 * nothing, those that were missed are bookings and no revenue.
 */
export async function readRevenue(
  db: Database,
  whose: { campaign: number } | { automation: string },
): Promise<Revenue> {
  const [column, id] = 'campaign' in whose ? ['campaign_id', whose.campaign] : ['automation_id', whose.automation]
  const found = await rows<Row>(
    db,
    `SELECT a.clicked, b.state, COUNT(*) AS count, COALESCE(SUM(b.price), 0) AS price
     FROM attributions a JOIN bookings b ON b.id = a.booking_id AND b.deleted = 0 AND b.state <> 'cancelled'
     WHERE a.${column} = ? GROUP BY a.clicked, b.state`,
    [id],
  )
  const discounts = await ('campaign' in whose
    ? discountsOfCampaign(db, whose.campaign)
    : discountsOf(db, whose.automation))
  const sum = (of: 'count' | 'price', which: (row: Row) => boolean) =>
    found.filter(which).reduce((total, row) => total + row[of], 0)
  const isAttended = ({ state }: Row) => state === 'attended'
  return {
    days: (await readSettings(db)).attributionDays,
    bookings: sum('count', () => true),
    attended: sum('count', isAttended),
    revenue: sum('price', isAttended),
    ahead: sum('price', ({ state }) => state === 'booked'),
    clicked: {
      bookings: sum('count', ({ clicked }) => clicked === 1),
      revenue: sum('price', (row) => isAttended(row) && row.clicked === 1),
    },
    discounts,
  }
}

async function discountsOfCampaign(db: Database, campaign: number): Promise<number> {
  const sql = 'SELECT SUM(discount) AS sum FROM redemptions WHERE campaign_id = ? AND standing = 1'
  const [row] = await rows<{ sum: number | null }>(db, sql, [campaign])
  return row?.sum ?? 0
}

/** Of the rewards that an automation gave, and of those that came with its messages. */
async function discountsOf(db: Database, automation: string): Promise<number> {
  const [row] = await rows<{ given: number | null; sent: number | null }>(
    db,
    `SELECT
       (SELECT SUM(q.discount) FROM rewards r JOIN redemptions q ON q.reward_id = r.id AND q.standing = 1
        WHERE r.automation_id = ?) AS given,
       (SELECT SUM(q.discount) FROM automations a JOIN campaigns m ON m.automation_id = a.id
          JOIN redemptions q ON q.campaign_id = m.id AND q.standing = 1 WHERE a.\`key\` = ?) AS sent`,
    [automation, automation],
  )
  return (row?.given ?? 0) + (row?.sent ?? 0)
}
