import { type Database, execute } from '../../domain/database.ts'

export type Size = { customers: number; bookings: number; providers: number }

/** Customers in one statement. */
const CHUNK = 20_000

/** A whole number from 0 to `below` - 1 made from a seed and a row: the same on every machine and server. */
const drawn = (seed: string, below: number) => `CAST(CRC32(CONCAT('${seed}', n.id)) % ${below} AS SIGNED)`

/**
 * Fills a migrated database by SQL alone: customers, each with the same number of bookings over two years and one month,
 * most with one provider, a membership for every fourth, and for some a review, a favourite or a suppression with that
 * provider.
 *
 * @param now the moment in the middle of it all
 */
export async function generate(db: Database, size: Size, now: Date): Promise<void> {
  await execute(
    db,
    `INSERT INTO settings (id, name, time_zone, currency, language, sender_name, sender_email, updated_at)
     VALUES (1, 'Bench', 'UTC', 'EUR', 'en', 'Bench', 'bench@bench.test', ?)`,
    [now],
  )
  await execute(db, 'CREATE TABLE numbers (id INT UNSIGNED NOT NULL PRIMARY KEY)')
  const digits = (name: string) =>
    `(SELECT 0 d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4
      UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9) ${name}`
  const largest = Math.max(size.customers, size.providers)
  const places = [...String(largest)].map((_, place) => ({ name: `d${place}`, worth: 10 ** place }))
  const number = places.map(({ name, worth }) => `${worth} * ${name}.d`).join(' + ')
  await execute(
    db,
    `INSERT INTO numbers SELECT ${number} FROM ${places.map(({ name }) => digits(name)).join(', ')} WHERE ${number} <= ?`,
    [largest],
  )
  await execute(
    db,
    `INSERT INTO providers (id, external_id, known, name, created_at, updated_at)
     SELECT n.id, CONCAT('p', n.id), 1, CONCAT('Provider ', n.id), ?, ? FROM numbers n WHERE n.id BETWEEN 1 AND ?`,
    [now, now, size.providers],
  )
  const each = Math.max(1, Math.round(size.bookings / size.customers))
  for (let from = 1; from <= size.customers; from += CHUNK) {
    const to = Math.min(size.customers, from + CHUNK - 1)
    await db.transaction(async (trx) => {
      await execute(trx, 'SET foreign_key_checks = 0, unique_checks = 0')
      await fillCustomers(trx, from, to, now)
      await fillBookings(trx, from, to, each, size.providers, now)
      await fillMemberships(trx, from, to, now)
      await fillReviews(trx, from, to, now)
      await fillPicks(trx, from, to, now)
      await execute(trx, 'SET foreign_key_checks = 1, unique_checks = 1')
    })
  }
}

async function fillCustomers(trx: Database, from: number, to: number, now: Date): Promise<void> {
  await execute(
    trx,
    `INSERT INTO customers (id, external_id, known, first_name, last_name, gender, status, joined_at, joined_on, created_at, updated_at)
     SELECT n.id, CONCAT('c', n.id), 1, CONCAT('First ', ${drawn('f', 500)}), CONCAT('Last ', ${drawn('l', 9000)}),
       ELT(1 + ${drawn('g', 3)}, 'female', 'male', 'diverse'), 'customer',
       DATE_ADD(?, INTERVAL -${drawn('j', 1_000)} DAY), DATE_ADD(DATE(?), INTERVAL -${drawn('j', 1_000)} DAY), ?, ?
     FROM numbers n WHERE n.id BETWEEN ? AND ?`,
    [now, now, now, now, from, to],
  )
}

async function fillBookings(
  trx: Database,
  from: number,
  to: number,
  each: number,
  providers: number,
  now: Date,
): Promise<void> {
  // every customer comes for a time of their own, so that some are new, some regular, some gone
  const minutes = (step: string) =>
    `-${drawn('s', 1_036_800)} + CAST(CRC32(CONCAT('b', n.id, '-', ${step})) % (1 + ${drawn('t', 500_000)}) AS SIGNED) + ${drawn('u', 43_200)}`
  await execute(
    trx,
    `INSERT INTO bookings (external_id, customer_id, provider_id, starts_at, starts_on, state, created_at, updated_at)
     SELECT CONCAT('b', x.customer, '-', x.step), x.customer, x.provider, x.at, DATE(x.at),
       CASE WHEN x.at > ? THEN 'booked' WHEN x.luck < 8 THEN 'cancelled' WHEN x.luck < 12 THEN 'no_show' ELSE 'attended' END, ?, ?
     FROM (
       SELECT n.id AS customer, k.id AS step, DATE_ADD(?, INTERVAL ${minutes('k.id')} MINUTE) AS at,
         CRC32(CONCAT('l', n.id, '-', k.id)) % 100 AS luck,
         1 + (CASE WHEN CRC32(CONCAT('q', n.id, '-', k.id)) % 10 < 8 THEN CRC32(CONCAT('p', n.id))
                   ELSE CRC32(CONCAT('p', n.id, '-', k.id)) END % ${providers}) AS provider
       FROM numbers n CROSS JOIN numbers k WHERE n.id BETWEEN ? AND ? AND k.id BETWEEN 1 AND ?
     ) x ORDER BY x.customer, x.step`,
    [now, now, now, now, from, to, each],
  )
}

async function fillMemberships(trx: Database, from: number, to: number, now: Date): Promise<void> {
  await execute(
    trx,
    `INSERT INTO memberships (external_id, customer_id, type, recurring, valid_from, valid_to, cancelled_on, created_at, updated_at)
     SELECT CONCAT('m', n.id), n.id, 'flat', 1, DATE_ADD(DATE(?), INTERVAL -${drawn('v', 700)} DAY),
       CASE WHEN ${drawn('w', 3)} > 0 THEN DATE_ADD(DATE(?), INTERVAL ${drawn('x', 400)} - 200 DAY) END,
       CASE WHEN ${drawn('y', 4)} = 0 THEN DATE_ADD(DATE(?), INTERVAL -${drawn('z', 60)} DAY) END, ?, ?
     FROM numbers n WHERE n.id BETWEEN ? AND ? AND n.id % 4 = 0`,
    [now, now, now, now, now, from, to],
  )
}

/** Each customer's first booking; found by the customer and in this order, whatever the server knows about the tables yet. */
const FIRST_BOOKING =
  "numbers n STRAIGHT_JOIN bookings b ON b.customer_id = n.id AND b.external_id = CONCAT('b', n.id, '-1')"

/** Six of ten customers have reviewed the provider of their first booking, most of them well; a tenth of them twice. */
async function fillReviews(trx: Database, from: number, to: number, now: Date): Promise<void> {
  await execute(
    trx,
    `INSERT INTO reviews (external_id, customer_id, provider_id, rating, reviewed_at, created_at, updated_at)
     SELECT CONCAT('r', n.id, '-', k.id), n.id, b.provider_id, 5 - FLOOR(SQRT(CRC32(CONCAT('rr', n.id, k.id)) % 16)),
       DATE_ADD(b.starts_at, INTERVAL k.id DAY), ?, ?
     FROM ${FIRST_BOOKING} JOIN numbers k ON k.id IN (1, 2)
     WHERE n.id BETWEEN ? AND ? AND ${drawn('rv', 10)} < 6 AND (k.id = 1 OR ${drawn('rw', 10)} = 0)`,
    [now, now, from, to],
  )
}

/** Every fiftieth is a favourite of that provider, and every fortieth wants no mail from them. */
async function fillPicks(trx: Database, from: number, to: number, now: Date): Promise<void> {
  const first = `${FIRST_BOOKING} WHERE n.id BETWEEN ? AND ?`
  await execute(
    trx,
    `INSERT INTO favourites (provider_id, customer_id, created_at)
     SELECT b.provider_id, n.id, ? FROM ${first} AND ${drawn('fv', 50)} = 0`,
    [now, from, to],
  )
  await execute(
    trx,
    `INSERT INTO suppressions (customer_id, provider_id, channel, reason, source, created_at)
     SELECT n.id, b.provider_id, 'email', 'unsubscribed', 'bench', ? FROM ${first} AND ${drawn('sp', 40)} = 0`,
    [now, from, to],
  )
}
