import { LIFECYCLE, LIFECYCLE_ATTRIBUTES } from '../domain/temporal.ts'
import type { Caller, Services } from './server/services.ts'

/**
 * Where the workflows of an automation are listed in Temporal’s own pages, by their search attribute.
 *
 * @param key the automation’s id in the API
 * @returns null where nobody has said where these pages are, and for providers, who have nothing to do with them
 */
export function runsUrl({ temporalPages }: Services, caller: Caller | null, key: string): string | null {
  if (temporalPages === undefined || isProvider(caller)) return null
  const query = `${LIFECYCLE_ATTRIBUTES.automation} = "${key}"`
  return `${workflowsOf(temporalPages)}?query=${encodeURIComponent(query)}`
}

/** The workflow that carries a cohort, as {@link runsUrl} says. */
export function runUrl({ temporalPages }: Services, caller: Caller | null, cohort: number | null): string | null {
  if (temporalPages === undefined || cohort === null || isProvider(caller)) return null
  return `${workflowsOf(temporalPages)}/${encodeURIComponent(LIFECYCLE.id(cohort))}`
}

const isProvider = (caller: Caller | null) => caller?.kind === 'user' && caller.role === 'provider'

const workflowsOf = ({ url, namespace }: { url: string; namespace: string }) =>
  `${url}/namespaces/${encodeURIComponent(namespace)}/workflows`
