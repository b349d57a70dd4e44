import type { Connection } from '@temporalio/client'
import { missingLabels } from '../domain/outbox/startWorkflow.ts'
import { LIFECYCLE_ATTRIBUTES } from '../domain/temporal.ts'

/** The server's numbers for a text that is compared as a whole, and for a number. */
const TYPES = { automation: 2, version: 3, provider: 2 } as const

/**
 * Makes the search attributes of lifecycles known to a namespace, where they are not.
 *
 * @returns whether they are known now; not where the server does not let us, as in Temporal Cloud, where somebody with the
 *   right adds them
 */
export async function registerLabels(connection: Connection, namespace: string): Promise<boolean> {
  const isKnown = async () => (await missingLabels(connection, namespace)).length === 0
  try {
    const missing = await missingLabels(connection, namespace)
    if (missing.length === 0) return true
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(missing.map((kind) => [LIFECYCLE_ATTRIBUTES[kind], TYPES[kind]])),
    })
    return await isKnown()
  } catch {
    return isKnown().catch(() => false)
  }
}
