import { type Database, rows } from '../database.ts'

/** Where the values that the canvas offers come from: by fact and parameter, the table and column that has them. */
const SOURCES: Readonly<Record<string, { table: string; column: string }>> = {
  'customer_group value': { table: 'customers', column: 'customer_group' },
  'aggregator value': { table: 'customers', column: 'aggregator' },
  'language value': { table: 'customers', column: 'language' },
  'country value': { table: 'customers', column: 'country' },
  'first_booking services': { table: 'bookings', column: 'service' },
  'last_booking services': { table: 'bookings', column: 'service' },
  'next_booking services': { table: 'bookings', column: 'service' },
  'booking_count services': { table: 'bookings', column: 'service' },
  'membership types': { table: 'memberships', column: 'type' },
}

/** How many of the newest rows are looked through: enough for every value in use, and quick in any database. */
const NEWEST = 20_000
const MOST = 50

/** The values that exist in the data, commonest first, for the parameters and values of facts that take any text. */
export async function knownValues(db: Database): Promise<(fact: string, name: string) => string[] | undefined> {
  const found = new Map<string, string[]>()
  for (const { table, column } of Object.values(SOURCES)) {
    const name = `${table}.${column}`
    if (found.has(name)) continue
    const values = await rows<{ value: string }>(
      db,
      `SELECT value FROM (SELECT ${column} AS value FROM ${table} ORDER BY id DESC LIMIT ${NEWEST}) newest
       WHERE value IS NOT NULL AND value <> '' GROUP BY value ORDER BY COUNT(*) DESC, value LIMIT ${MOST}`,
    )
    found.set(
      name,
      values.map(({ value }) => value),
    )
  }
  return (fact, name) => {
    const source = SOURCES[`${fact} ${name}`]
    return source === undefined ? undefined : found.get(`${source.table}.${source.column}`)
  }
}
