import { type Database, openDatabase, rows } from '../../domain/database.ts'
import { fillDemo } from '../../domain/demo/fillDemo.ts'
import { createTestDatabase, runStatements, serverUrl, type TestDatabase } from './database.ts'

/** At this instant the demo business of the tests was filled. */
export const DEMO_NOW = new Date('2026-11-25T10:00:00.000Z')

/** So long others wait for the one who fills it, in seconds. */
const FILLING = 600

/**
 * A database with the demo business as it is at {@link DEMO_NOW}, of its own for a test file: filled once in a run, by the
 * first file that asks for it, and copied for each.
 */
export async function createDemoDatabase(): Promise<TestDatabase> {
  const database = await createTestDatabase()
  const demo = process.env.PERENNIAL_TEST_DEMO
  if (demo === undefined) await fillDemo(database.db, DEMO_NOW)
  else await copyRows(database, await filledOnce(demo))
  return database
}

/** Copies all rows of a database; what migrations insert is there in both. */
async function copyRows({ db, url }: TestDatabase, from: string): Promise<void> {
  const tables = await rows<{ name: string }>(
    db,
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ? AND table_type = 'BASE TABLE'",
    [from],
  )
  const copies = tables.map(({ name }) => `REPLACE INTO ${name} SELECT * FROM ${from}.${name}`)
  await runStatements(url, ['SET foreign_key_checks = 0, unique_checks = 0', ...copies].join(';\n'))
}

/**
 * Fills the database of this name with the demo business, or waits until somebody else has; the runner, which begins with it
 * before the tests, drops it.
 */
export async function filledOnce(name: string): Promise<string> {
  const administration = openDatabase(`${serverUrl()}/`, 1)
  try {
    // the lock belongs to the connection, which a transaction keeps from being closed while nobody uses it
    await administration.transaction(async (connection) => {
      const [lock] = await rows<{ got: number }>(connection, 'SELECT GET_LOCK(?, ?) AS got', [name, FILLING])
      if (lock?.got !== 1) throw new Error('Nobody has filled the demo in time')
      if (!(await isFilled(connection, name))) await fill(connection, name)
      await connection.raw('SELECT RELEASE_LOCK(?)', [name])
    })
  } finally {
    await administration.destroy()
  }
  return name
}

/** It is filled in one transaction: whoever has died in it has left it empty. */
async function isFilled(connection: Database, name: string): Promise<boolean> {
  const there = await rows(
    connection,
    "SELECT 1 FROM information_schema.tables WHERE table_schema = ? AND table_name = 'customers'",
    [name],
  )
  return there.length > 0 && (await rows(connection, 'SELECT 1 FROM ??.customers LIMIT 1', [name])).length > 0
}

async function fill(connection: Database, name: string): Promise<void> {
  await connection.raw('DROP DATABASE IF EXISTS ??', [name])
  const { db } = await createTestDatabase(name)
  await fillDemo(db, DEMO_NOW)
  await db.destroy()
}
