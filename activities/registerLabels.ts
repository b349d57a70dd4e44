import type { Connection } from '@temporalio/client'
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
  const names = Object.entries(LIFECYCLE_ATTRIBUTES) as [keyof typeof TYPES, string][]
  const known = async () => {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace })
    return names.filter(([, name]) => customAttributes?.[name] === undefined)
  }
  try {
    const missing = await known()
    if (missing.length === 0) return true
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(missing.map(([kind, name]) => [name, TYPES[kind]])),
    })
    return (await known()).length === 0
  } catch {
    return (await known().catch(() => names)).length === 0
  }
}
