import { SACRIFICED } from './retry.ts'

/** What says that the server of the database, or the way to it, is gone or full; a cluster's node that has lost the others. */
const AWAY: ReadonlySet<string> = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'],
  ...['PROTOCOL_CONNECTION_LOST', 'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR'],
  ...['ER_SERVER_SHUTDOWN', 'ER_CON_COUNT_ERROR', 'ER_TOO_MANY_USER_CONNECTIONS', 'ER_UNKNOWN_COM_ERROR'],
  // others were in the way, also when it was tried again
  ...SACRIFICED,
])

/**
 * Whether an error of a database call says that it is away, or busier than it can bear: nothing is wrong with what was asked,
 * and it may be asked again. Whether the last commit took effect nobody can say.
 */
export function isAway(error: unknown): boolean {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown }
  // knex's words for a pool from which no connection came free in time
  return name === 'KnexTimeoutError' || (typeof code === 'string' && AWAY.has(code))
}
