import { type Database, execute, rows } from '../database.ts'
import { insertRows } from '../insertRows.ts'
import { readSettings } from '../settings/readSettings.ts'

/** When a booking was made: as its source says, else when we heard of it, unless it had begun by then. */
const MADE = 'COALESCE(b.booked_at, LEAST(b.created_at, b.starts_at))'

/** At most so many bookings are looked at in one statement. */
const CHUNK = 1_000

type Attribution = {
  booking_id: number
  delivery_id: number
  campaign_id: number
  automation_id: string | null
  clicked: number
}

/**
 * Says anew which message bookings belong to, each to one at most: the one in which the customer clicked last before the
 * booking was made, else the last one that they got; both within so many days before, a setting. A provider's message
 * counts for bookings with that provider, one of the business for all. What machines clicked does not count.
 *
 * @param bookings our ids; the transaction holds them
 */
export async function attributeBookings(trx: Database, bookings: readonly number[]): Promise<void> {
  if (bookings.length === 0) return
  const { attributionDays } = await readSettings(trx)
  for (let start = 0; start < bookings.length; start += CHUNK) {
    const chunk = bookings.slice(start, start + CHUNK)
    const found = await find(trx, chunk, attributionDays)
    await execute(trx, 'DELETE FROM attributions WHERE booking_id IN (?)', [chunk])
    await insertRows(
      trx,
      'attributions',
      ['booking_id', 'delivery_id', 'campaign_id', 'automation_id', 'clicked'],
      found.map((one) => [one.booking_id, one.delivery_id, one.campaign_id, one.automation_id, one.clicked]),
    )
  }
}

function find(trx: Database, bookings: readonly number[], days: number): Promise<Attribution[]> {
  return rows<Attribution>(
    trx,
    `SELECT w.booking_id, w.delivery_id, w.campaign_id, w.automation_id, w.clicked_at IS NOT NULL AS clicked FROM (
       SELECT c.*, ROW_NUMBER() OVER (PARTITION BY c.booking_id
         ORDER BY c.clicked_at IS NULL, c.clicked_at DESC, c.sent_at DESC, c.delivery_id DESC) AS place
       FROM (
         SELECT b.id AS booking_id, d.id AS delivery_id, d.campaign_id, d.automation_id, d.sent_at,
           ${MADE} AS made_at,
           CASE WHEN d.clicked_at <= ${MADE} THEN COALESCE((SELECT MAX(e.at) FROM delivery_events e
             WHERE e.delivery_id = d.id AND e.type = 'clicked' AND e.machine IS NULL AND e.at <= ${MADE}
               AND e.at >= DATE_SUB(${MADE}, INTERVAL ? DAY)),
             -- single clicks may be past their period; the first one stays
             IF(d.clicked_at >= DATE_SUB(${MADE}, INTERVAL ? DAY), d.clicked_at, NULL)) END AS clicked_at
         FROM bookings b STRAIGHT_JOIN deliveries d FORCE INDEX (deliveries_customer) ON d.customer_id = b.customer_id
         WHERE b.id IN (?) AND b.deleted = 0 AND d.test = 0 AND d.state IN ('sent', 'delivered')
           AND d.sent_at <= ${MADE}
           AND (d.sent_at >= DATE_SUB(${MADE}, INTERVAL ? DAY) OR d.clicked_at IS NOT NULL)
           AND EXISTS (SELECT 1 FROM campaigns m WHERE m.id = d.campaign_id AND m.provider_id IN (0, b.provider_id))
       ) c
       WHERE c.clicked_at IS NOT NULL OR c.sent_at >= DATE_SUB(c.made_at, INTERVAL ? DAY)
     ) w WHERE w.place = 1`,
    [days, days, [...bookings], days, days],
  )
}

/**
 * The same for the bookings that belong to messages, after these turned out not to have arrived, or not to have been
 * clicked in by a person.
 */
export async function attributeAnew(trx: Database, deliveries: readonly number[]): Promise<void> {
  if (deliveries.length === 0) return
  const found = await rows<{ id: number }>(
    trx,
    `SELECT b.id FROM attributions a JOIN bookings b ON b.id = a.booking_id WHERE a.delivery_id IN (?)
     ORDER BY b.id FOR UPDATE`,
    [[...deliveries]],
  )
  await attributeBookings(
    trx,
    found.map(({ id }) => id),
  )
}
