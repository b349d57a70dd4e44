import knex, { type Knex } from 'knex'
import { traceQueries } from './tracing/traceQueries.ts'
import { currentTracing } from './tracing/tracing.ts'

/** A connection pool or a transaction: every domain function takes one as its first argument. */
export type Database = Knex

/**
 * Opens a pool of connections to MySQL 8+ or MariaDB 10.6+.
 *
 * Every session speaks UTC: `DATETIME` columns come and go as `Date`, `DATE` columns as `YYYY-MM-DD` strings, so no
 * time zone of a machine ever touches an instant or a day. Transactions read committed rows only: our set-based writes
 * (`INSERT … SELECT`) then take no locks on what they read.
 *
 * @param url `mysql://user:password@host:port/database`
 * @param connections the largest number of connections held at once
 */
export function openDatabase(url: string, connections = 10): Database {
  const { hostname, port, username, password, pathname } = new URL(url)
  // knex's type of mysql2's options lacks the list form of dateStrings
  const database = decodeURIComponent(pathname.slice(1))
  const connection = {
    host: hostname,
    port: port === '' ? 3306 : Number(port),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database,
    charset: 'utf8mb4',
    timezone: 'Z',
    dateStrings: ['DATE'],
    supportBigNumbers: true,
    // both servers' JSON columns as text, which fromJson reads
    jsonStrings: true,
    // sums are DECIMAL: as numbers, like counts
    decimalNumbers: true,
  } as unknown as Knex.MySql2ConnectionConfig
  return knex({
    client: 'mysql2',
    connection,
    pool: {
      min: 0,
      max: connections,
      afterCreate: (opened: Connection, done: Prepared) => {
        if (currentTracing() !== null) traceQueries(opened, { 'server.address': hostname, 'db.namespace': database })
        prepareSession(opened, done)
      },
    },
  })
}

const SESSION = [
  'SET NAMES utf8mb4 COLLATE utf8mb4_unicode_520_ci',
  // MariaDB alone reads the comment: it would sum up one customer's rows after the other's where one pass over all of them
  // is several times cheaper
  "SET SESSION time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO' /*M!100400 , optimizer_switch = 'split_materialized=off' */",
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
]

type Connection = { query(sql: string, done: (error: Error | null) => void): void }
type Prepared = (error: Error | null, connection: Connection) => void

/** Runs the session statements one after the other; the first that fails ends it. */
function prepareSession(connection: Connection, done: Prepared): void {
  const next = (index: number) => {
    const sql = SESSION[index]
    if (sql === undefined) done(null, connection)
    else connection.query(sql, (error) => (error === null ? next(index + 1) : done(error, connection)))
  }
  next(0)
}

/** Reads a JSON column, which comes as text from MySQL and MariaDB alike. Null stays null. */
export function fromJson<T>(column: string | null): T | null {
  return column === null ? null : (JSON.parse(column) as T)
}

/** The rows of a raw query. knex types them as `any`; the caller says what the statement selects. */
export async function rows<T>(db: Database, sql: string, bindings: readonly Knex.RawBinding[] = []): Promise<T[]> {
  const [result] = (await db.raw(sql, bindings as Knex.RawBinding[])) as [T[]]
  return result
}

/** Runs a raw statement that writes. Returns the number of rows it touched, as the database counts them. */
export async function execute(db: Database, sql: string, bindings: readonly Knex.RawBinding[] = []): Promise<number> {
  const [result] = (await db.raw(sql, bindings as Knex.RawBinding[])) as [{ affectedRows: number }]
  return result.affectedRows
}
