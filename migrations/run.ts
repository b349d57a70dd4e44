import { createHash } from 'node:crypto'
import type { Knex } from 'knex'
import { execute, rows } from '../domain/database.ts'
import { migrationNames } from './pending.ts'

type Migration = { up(db: Knex): Promise<void>; down(db: Knex): Promise<void> }

const source: Knex.MigrationSource<string> = {
  getMigrations: async () => migrationNames(),
  getMigrationName: (name) => name,
  getMigration: load,
}

async function load(name: string): Promise<Migration> {
  return (await import(`./${name}.ts`)) as Migration
}

/** Seconds to wait for another process that migrates. */
const PATIENCE = 600

/**
 * Brings a database to the newest schema. Several processes may call it at once: the first does it, the others wait.
 * Neither MySQL nor MariaDB can take back a half-made schema, so the migration in hand is noted first: one that a killed
 * process left unfinished is undone by its `down` and made again.
 *
 * @returns the names of the migrations that were run; empty when the schema was current
 * @throws when another process migrates for longer than ten minutes
 */
export async function migrate(db: Knex): Promise<string[]> {
  return await alone(db, async () => {
    const done: string[] = []
    const config: Knex.MigratorConfig = { migrationSource: source }
    const [, pending] = (await db.migrate.list(config)) as [unknown, string[]]
    if (pending.length === 0) return done
    // only this process migrates now: a lock of knex's that is still set was left by one that was killed
    await db.migrate.forceFreeMigrationsLock(config)
    await undoUnfinished(db)
    for (const name of pending) {
      await db.raw('INSERT INTO knex_migration_in_hand (name) VALUES (?)', [name])
      await db.migrate.up(config)
      await db.raw('DELETE FROM knex_migration_in_hand')
      done.push(name)
    }
    return done
  })
}

/** Undoes what a killed process left of a migration, unless it was finished and only its note remained. */
async function undoUnfinished(db: Knex): Promise<void> {
  await db.raw('CREATE TABLE IF NOT EXISTS knex_migration_in_hand (name VARCHAR(255) NOT NULL PRIMARY KEY)')
  const noted = await rows<{ name: string }>(db, 'SELECT name FROM knex_migration_in_hand')
  const finished = new Set(
    (await rows<{ name: string }>(db, 'SELECT name FROM knex_migrations')).map((row) => row.name),
  )
  for (const { name } of noted) {
    if (!finished.has(name)) await (await load(name)).down(db)
  }
  await execute(db, 'DELETE FROM knex_migration_in_hand')
}

/**
 * Does something while no other process of this database does it. The lock lives with a connection of its own, so a
 * killed process holds it no longer.
 */
async function alone<Result>(db: Knex, work: () => Promise<Result>): Promise<Result> {
  const connection = await db.transaction()
  try {
    const [schema] = await rows<{ name: string }>(connection, 'SELECT DATABASE() AS name')
    // names of locks are server-wide and at most 64 characters long
    const lock = `migrate.${createHash('sha1')
      .update(schema?.name ?? '')
      .digest('hex')}`
    const [row] = await rows<{ got: number | null }>(connection, 'SELECT GET_LOCK(?, ?) AS got', [lock, PATIENCE])
    if (row?.got !== 1) throw new Error(`another process has been migrating this database for ${PATIENCE} s`)
    const result = await work()
    await connection.raw('SELECT RELEASE_LOCK(?)', [lock])
    return result
  } finally {
    await connection.rollback()
  }
}
