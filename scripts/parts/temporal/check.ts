import { Connection, type ConnectionOptions } from '@temporalio/client'
import { readTemporal } from '../../../domain/temporalClient/readTemporal.ts'
import { Hint, wordsOf } from '../hint.ts'

/**
 * Throws unless a Temporal server answers and has the namespace.
 *
 * @param options how it is reached, beside its address: TLS, an API key
 */
export async function checkTemporal(
  address: string,
  namespace: string,
  options: ConnectionOptions = {},
): Promise<void> {
  const connection = await Connection.connect({ ...options, address, connectTimeout: 2000 })
  try {
    await connection.workflowService.describeNamespace({ namespace })
  } finally {
    await connection.close()
  }
}

/** The same for a server that somebody else runs, with a sentence when it fails. */
export async function prepareTemporal(address: string, namespace: string): Promise<void> {
  try {
    await checkTemporal(address, namespace, readTemporal(process.env).client)
  } catch (error) {
    throw new Hint(
      `No Temporal server with the namespace "${namespace}" answers at ${address} (${wordsOf(error)}). ` +
        'Start it, or correct TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE.',
    )
  }
}
