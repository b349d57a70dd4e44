import type { Part } from '../parts/child.ts'
import { privateServer, THROWN_AWAY } from '../parts/database/privateServer.ts'
import { during } from '../parts/progress.ts'
import type { Supervisor } from '../parts/supervisor.ts'
import { privateTemporal } from '../parts/temporal/privateServer.ts'

/** What the tests find in their environment. */
export type TestServers = {
  /** URL of a database server without a schema in its path. */
  database: string
  temporal: string
}

/** The servers that are configured, or throw-away ones. */
export async function bringUpServers(supervisor: Supervisor, folder: string): Promise<TestServers> {
  const [database, temporal] = await Promise.all([
    process.env.PERENNIAL_TEST_DATABASE_SERVER ?? throwAwayDatabase(supervisor, folder),
    process.env.TEMPORAL_ADDRESS ?? throwAwayTemporal(supervisor, folder),
  ])
  return { database: database.replace(/\/$/, ''), temporal }
}

async function throwAwayDatabase(supervisor: Supervisor, folder: string): Promise<string> {
  const { part, url } = await privateServer(folder, 'perennial', THROWN_AWAY)
  await start(supervisor, part)
  return new URL('/', url).href
}

async function throwAwayTemporal(supervisor: Supervisor, folder: string): Promise<string> {
  const { part, address } = await privateTemporal(folder, 'default')
  await start(supervisor, part)
  return address
}

async function start(supervisor: Supervisor, part: Part): Promise<void> {
  await during(part.name, 'starting', () => supervisor.start(part))
}
