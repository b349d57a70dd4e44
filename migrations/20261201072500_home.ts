// Why: the home page asks what is new and how many come each day, of all customers at once; no index began with a day.
// Old workers may still be up: nothing that they read changes.
import type { Knex } from 'knex'

const KEYS = {
  bookings: {
    // who comes on each day, and what was made or called off of what is to come (covering)
    bookings_day: 'KEY bookings_day (starts_on, deleted, state, provider_id, booked_at)',
  },
  customers: {
    // who was added since yesterday
    customers_created: 'KEY customers_created (created_at, known)',
  },
  status_changes: {
    // whose status changed since yesterday (covering)
    status_changes_at: 'KEY status_changes_at (at, cause, from_status, to_status)',
  },
} as const

export async function up(db: Knex): Promise<void> {
  for (const [table, keys] of Object.entries(KEYS)) {
    for (const [name, key] of Object.entries(keys)) {
      if (!(await hasKey(db, table, name))) await db.raw(`ALTER TABLE ${table} ADD ${key}`)
    }
  }
}

/** What of it is there: a process may have been killed over it. */
export async function down(db: Knex): Promise<void> {
  for (const [table, keys] of Object.entries(KEYS)) {
    for (const name of Object.keys(keys)) {
      if (await hasKey(db, table, name)) await db.raw(`ALTER TABLE ${table} DROP KEY ${name}`)
    }
  }
}

async function hasKey(db: Knex, table: string, name: string): Promise<boolean> {
  const [found] = (await db.raw(
    `SELECT 1 FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = ? AND index_name = ? LIMIT 1`,
    [table, name],
  )) as [unknown[]]
  return found.length > 0
}
