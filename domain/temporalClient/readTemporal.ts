import type { ConnectionOptions } from '@temporalio/client'
import { type ClientConnectConfig, loadClientConnectConfig } from '@temporalio/envconfig'

/** Where a Temporal service is and how it is reached: in the form that clients take, and in the one that workers take. */
export type TemporalPlace = {
  address: string
  namespace: string
  client: ConnectionOptions
  worker: ClientConnectConfig['connectionOptions']
}

/**
 * Reads `TEMPORAL_…`: address, namespace, API key and TLS by the variables that all of Temporal's own tools read. An empty
 * variable is one that is not set; no file of anybody's is looked at.
 *
 * @throws when a certificate can't be read
 */
export function readTemporal(variables: Readonly<Record<string, string | undefined>>): TemporalPlace {
  const set = Object.entries(variables).filter((entry): entry is [string, string] => (entry[1] ?? '').trim() !== '')
  const { connectionOptions, namespace = 'default' } = loadClientConnectConfig({
    disableFile: true,
    overrideEnvVars: Object.fromEntries(set),
  })
  const { address = '127.0.0.1:7233' } = connectionOptions
  const worker = { ...connectionOptions, address }
  // the two differ in what neither of these variables sets
  return { address, namespace, client: worker as ConnectionOptions, worker }
}
