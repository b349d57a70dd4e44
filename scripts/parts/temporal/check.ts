import { Connection } from '@temporalio/client'
import { Hint, wordsOf } from '../hint.ts'

/** Throws unless a Temporal server answers and has the namespace. */
export async function checkTemporal(address: string, namespace: string): Promise<void> {
  const connection = await Connection.connect({ address, connectTimeout: 2000 })
  try {
    await connection.workflowService.describeNamespace({ namespace })
  } finally {
    await connection.close()
  }
}

/** The same for a server that somebody else runs, with a sentence when it fails. */
export async function prepareTemporal(address: string, namespace: string): Promise<void> {
  try {
    await checkTemporal(address, namespace)
  } catch (error) {
    throw new Hint(
      `No Temporal server with the namespace "${namespace}" answers at ${address} (${wordsOf(error)}). ` +
        'Start it, or correct TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE.',
    )
  }
}
