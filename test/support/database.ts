import { randomBytes } from 'node:crypto'
import { type Database, openDatabase, rows } from '../../domain/database.ts'
import { migrate } from '../../migrations/run.ts'

/** A database of its own on the test server, with the newest schema. */
export type TestDatabase = { db: Database; url: string; drop(): Promise<void> }

/** The test server, as the runner (or the developer) named it; without a database in its path. */
function serverUrl(): string {
  const url = process.env.PERENNIAL_TEST_DATABASE_SERVER
  if (url === undefined) throw new Error('PERENNIAL_TEST_DATABASE_SERVER is not set: run the tests with `npm test`')
  return url.replace(/\/$/, '')
}

/** The name of the database that is migrated once a run and copied for each test file. */
const template = () => process.env.PERENNIAL_TEST_TEMPLATE

/**
 * Makes a database of its own for a test file: a copy of the migrated template where the runner made one, else migrated
 * from nothing. Call `drop` in `afterAll`.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = serverUrl()
  const name = `test_${randomBytes(6).toString('hex')}`
  const administration = openDatabase(`${server}/`, 1)
  await administration.raw(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`)
  const url = `${server}/${name}`
  const db = openDatabase(url)
  const from = template()
  await (from === undefined ? migrate(db) : copySchema(db, from))
  return {
    db,
    url,
    drop: async () => {
      await db.destroy()
      await administration.raw(`DROP DATABASE ${name}`)
      await administration.destroy()
    },
  }
}

/** Copies every table of the template with its keys, rows (settings that migrations insert) and triggers. */
async function copySchema(db: Database, from: string): Promise<void> {
  const tables = await rows<{ name: string }>(
    db,
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ? AND table_type = 'BASE TABLE'",
    [from],
  )
  await db.transaction(async (connection) => {
    await connection.raw('SET foreign_key_checks = 0')
    for (const { name } of tables) {
      const [created] = await rows<Record<'Create Table', string>>(connection, 'SHOW CREATE TABLE ??.??', [from, name])
      await connection.raw((created?.['Create Table'] ?? '').replaceAll('?', '\\?'))
      await connection.raw('INSERT INTO ?? SELECT * FROM ??.??', [name, from, name])
    }
    await connection.raw('SET foreign_key_checks = 1')
    type Trigger = Record<'Trigger' | 'Timing' | 'Event' | 'Table' | 'Statement', string>
    for (const one of await rows<Trigger>(connection, 'SHOW TRIGGERS FROM ??', [from])) {
      const head = `CREATE TRIGGER ${one.Trigger} ${one.Timing} ${one.Event} ON ${one.Table} FOR EACH ROW`
      await connection.raw(`${head} ${one.Statement}`.replaceAll('?', '\\?'))
    }
  })
}
