import { readdirSync } from 'node:fs'
import { type Database, rows } from '../domain/database.ts'

/** The names of all migrations in their order: they begin with the instant they were written at. */
export const migrationNames = (): string[] =>
  readdirSync(import.meta.dirname)
    .filter((file) => /^\d{14}_\w+\.ts$/.test(file))
    .map((file) => file.replace(/\.ts$/, ''))
    .sort()

/**
 * What this version of the code expects of the schema and does not find. A schema that is newer than the code lacks nothing:
 * in an upgrade older processes work beside it.
 *
 * @throws when the database can't be asked, or was never migrated
 */
export async function pendingMigrations(db: Database): Promise<string[]> {
  const made = new Set((await rows<{ name: string }>(db, 'SELECT name FROM knex_migrations')).map(({ name }) => name))
  return migrationNames().filter((name) => !made.has(name))
}
