import { readdirSync } from 'node:fs'
import type { Knex } from 'knex'

type Migration = { up(db: Knex): Promise<void>; down(db: Knex): Promise<void> }

/** The migrations of this folder in the order of their names, which begin with the instant they were written at. */
const source: Knex.MigrationSource<string> = {
  getMigrations: async () =>
    readdirSync(import.meta.dirname)
      .filter((file) => /^\d{14}_\w+\.ts$/.test(file))
      .sort(),
  getMigrationName: (file) => file.replace(/\.ts$/, ''),
  getMigration: async (file) => (await import(`./${file}`)) as Migration,
}

/**
 * Brings a database to the newest schema. Several processes may call it at once: the database lets one do it.
 *
 * @returns the names of the migrations that were run; empty when the schema was current
 */
export async function migrate(db: Knex): Promise<string[]> {
  const [, names] = (await db.migrate.latest({ migrationSource: source })) as [number, string[]]
  return names
}
