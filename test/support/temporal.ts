import { randomBytes } from 'node:crypto'
import { Connection } from '@temporalio/client'
import { msToTs } from '@temporalio/common/lib/time.js'

/** The Temporal server that the runner (or the developer) named. */
export function temporalAddress(): string {
  const address = process.env.TEMPORAL_ADDRESS
  if (address === undefined) throw new Error('TEMPORAL_ADDRESS is not set: run the tests with `npm test`')
  return address
}

/**
 * Makes a namespace of its own for a test file: workflows with fixed ids of different tests never meet there, and no
 * other test's worker takes their tasks.
 */
export async function createNamespace(): Promise<string> {
  const connection = await Connection.connect({ address: temporalAddress() })
  const namespace = `test-${randomBytes(6).toString('hex')}`
  const workflowExecutionRetentionPeriod = msToTs('1 day')
  await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod })
  await connection.close()
  return namespace
}
