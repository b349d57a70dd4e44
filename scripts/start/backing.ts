import type { Part } from '../parts/child.ts'
import { prepareDatabase } from '../parts/database/prepare.ts'
import { privateServer } from '../parts/database/privateServer.ts'
import { during, say } from '../parts/progress.ts'
import type { Supervisor } from '../parts/supervisor.ts'
import { prepareTemporal } from '../parts/temporal/check.ts'
import { privateTemporal } from '../parts/temporal/privateServer.ts'
import type { Environment } from './environment.ts'

/** Starts a part and tells how long it took when that was long. */
export async function bringUp(supervisor: Supervisor, part: Part): Promise<void> {
  await during(part.name, 'starting', () => supervisor.start(part))
}

/** The database that is configured, or one of our own. Returns its URL. */
export async function bringUpDatabase(environment: Environment, supervisor: Supervisor): Promise<string> {
  const { databaseUrl, data } = environment
  if (databaseUrl !== undefined) {
    await prepareDatabase(databaseUrl)
    return databaseUrl
  }
  const { part, url, server } = await privateServer(data, 'perennial')
  await bringUp(supervisor, part)
  say('database', `${server.flavour} ${server.version} on 127.0.0.1:${new URL(url).port}, data in ${data}`)
  return url
}

/** The Temporal that is configured, or one of our own. Returns its address. */
export async function bringUpTemporal(environment: Environment, supervisor: Supervisor): Promise<string> {
  const { temporalAddress, temporalNamespace, data } = environment
  if (temporalAddress !== undefined) {
    await prepareTemporal(temporalAddress, temporalNamespace)
    return temporalAddress
  }
  const { part, address } = await privateTemporal(data, temporalNamespace)
  await bringUp(supervisor, part)
  say('temporal', `development server on ${address}, state in ${data}`)
  return address
}
