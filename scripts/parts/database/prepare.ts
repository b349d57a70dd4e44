import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise'
import { Hint, wordsOf } from '../hint.ts'
import { readVersion } from './version.ts'

const FORM = 'mysql://user:password@host:port/database'

/**
 * Checks a database that was given by its URL: that it answers, is new enough, and has the schema that is named, which is
 * made when it is missing.
 *
 * @throws Hint with what to do
 */
export async function prepareDatabase(url: string): Promise<void> {
  const name = schemaOf(url)
  const server = new URL(url)
  server.pathname = '/'
  let connection: Connection | undefined
  try {
    connection = await createConnection({ uri: server.href, connectTimeout: 10_000 })
    await checkVersion(connection)
    await makeSchema(connection, name)
  } catch (error) {
    throw error instanceof Hint ? error : explain(error, url, name)
  } finally {
    await connection?.end()
  }
}

function schemaOf(url: string): string {
  const name = URL.canParse(url) ? decodeURIComponent(new URL(url).pathname.slice(1)) : ''
  if (!/^(mysql|mariadb):$/.test(URL.canParse(url) ? new URL(url).protocol : '') || name === '') {
    throw new Hint(`DATABASE_URL is not of the form ${FORM}.`)
  }
  return name
}

async function checkVersion(connection: Connection): Promise<void> {
  const [[row]] = await connection.query<RowDataPacket[]>('SELECT VERSION() AS version')
  const words = String(row?.version)
  if (readVersion(words)?.good === true) return
  throw new Hint(
    `The database that DATABASE_URL names is ${words}, which is too old: ` +
      'Perennial needs MySQL 8.0 or newer, or MariaDB 10.6 or newer.',
  )
}

async function makeSchema(connection: Connection, name: string): Promise<void> {
  const known = 'SELECT 1 FROM information_schema.schemata WHERE schema_name = ?'
  const [there] = await connection.query<RowDataPacket[]>(known, [name])
  if (there.length > 0) return
  await connection.query('CREATE DATABASE ?? CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci', [name])
}

/** What the commonest refusals of a database mean for the person who wrote the URL. */
function explain(error: unknown, url: string, name: string): Hint {
  const { host, username } = new URL(url)
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH', 'ECONNRESET', 'EAI_AGAIN'].includes(code)) {
    return new Hint(`No database answers at ${host} (${code}). Start it, or correct DATABASE_URL.`)
  }
  if (code === 'ER_ACCESS_DENIED_ERROR') {
    return new Hint(`The database at ${host} refuses ${username}: correct user or password in DATABASE_URL.`)
  }
  if (code === 'ER_DBACCESS_DENIED_ERROR') {
    return new Hint(`${username} may not use the database "${name}": create it and grant all rights on it.`)
  }
  return new Hint(`The database at ${host} could not be used: ${wordsOf(error)}`)
}
