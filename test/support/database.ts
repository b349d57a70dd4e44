import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createConnection } from 'mysql2/promise'
import { type Database, openDatabase } from '../../domain/database.ts'
import { migrate } from '../../migrations/run.ts'

/** A database of its own on the test server, with the newest schema. */
export type TestDatabase = { db: Database; url: string; drop(): Promise<void> }

/** The test server, as the runner (or the developer) named it; without a database in its path. */
export function serverUrl(): string {
  const url = process.env.PERENNIAL_TEST_DATABASE_SERVER
  if (url === undefined) throw new Error('PERENNIAL_TEST_DATABASE_SERVER is not set: run the tests with `npm test`')
  return url.replace(/\/$/, '')
}

/**
 * The same database as the n-th process finds it: where the test server is one of several nodes
 * (`PERENNIAL_TEST_DATABASE_NODES`, addresses without a database, divided by commas), at the n-th of them in turn.
 */
export function urlFor(n: number, { url }: Pick<TestDatabase, 'url'>): string {
  const nodes = process.env.PERENNIAL_TEST_DATABASE_NODES?.split(',')
  if (nodes === undefined) return url
  return `${nodes[n % nodes.length]}${new URL(url).pathname}`
}

/** The file with the statements that make a migrated database, written once a run. */
const schema = () => process.env.PERENNIAL_TEST_SCHEMA

/**
 * Makes a database of its own for a test file: by the script that the runner wrote, else migrated from nothing. Call
 * `drop` in `afterAll`.
 */
export async function createTestDatabase(name = `test_${randomBytes(6).toString('hex')}`): Promise<TestDatabase> {
  const server = serverUrl()
  const administration = openDatabase(`${server}/`, 1)
  await administration.raw(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`)
  const url = `${server}/${name}`
  const db = openDatabase(url)
  const script = schema()
  await (script === undefined ? migrate(db) : runScript(url, script))
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

/** All statements of a file in one message to the server: a hundred tables one by one are a hundred waits. */
async function runScript(url: string, file: string): Promise<void> {
  await runStatements(url, await readFile(file, 'utf8'))
}

/** Runs statements, separated by semicolons, in a session of their own. */
export async function runStatements(url: string, script: string): Promise<void> {
  const connection = await createConnection({ uri: url, multipleStatements: true, charset: 'utf8mb4' })
  try {
    await connection.query(script)
  } finally {
    await connection.end()
  }
}
