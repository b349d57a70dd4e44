import { z } from 'zod'
import type { Endpoint } from './endpoint.ts'

type Declared = Pick<Endpoint, 'method' | 'permission' | 'params' | 'query' | 'body' | 'refuses'>

const takes = (schema: z.ZodType): boolean => !(schema instanceof z.ZodUndefined)

/**
 * The statuses with which a call can be refused, each with a problem document: those that follow from what it takes and
 * needs, and those that it names itself (`refuses`). The OpenAPI document says them; in tests no other one may come.
 */
export function refusalsOf(endpoint: Declared): number[] {
  const statuses = new Set([400, 401, 403, 413, 415, 500, 503, ...endpoint.refuses])
  // whatever is named in address, query or body may not be there
  if (takes(endpoint.params) || takes(endpoint.query) || takes(endpoint.body)) statuses.add(404)
  // of an Idempotency-Key: the first call still runs, or was another one
  if (endpoint.method !== 'get' && endpoint.permission !== 'open') statuses.add(409).add(422)
  return [...statuses].sort((a, b) => a - b)
}
