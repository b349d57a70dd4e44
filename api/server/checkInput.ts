import { z } from 'zod'
import { type Mistake, Problem } from '../../domain/errors.ts'
import type { Endpoint } from '../contract/endpoint.ts'
import { allowedFields } from './allowedFields.ts'
import { pointer } from './pointer.ts'

/**
 * Checks the parts of a request with the endpoint's schemas.
 *
 * Mistakes in the body have JSON Pointers into the body (`/bookings/3/state`), those in the address `/params/id` and
 * those in the query `/query/limit`.
 *
 * @throws Problem 'invalid' with all mistakes of all parts
 */
export function checkInput(
  endpoint: Endpoint,
  input: { params: unknown; query: unknown; body: unknown },
): { params: unknown; query: unknown; body: unknown } {
  const mistakes: Mistake[] = []
  const check = (schema: z.ZodType, value: unknown, prefix: string): unknown => {
    // an endpoint that takes nothing here doesn't mind what is sent
    if (schema instanceof z.ZodUndefined) return undefined
    const result = schema.safeParse(value)
    if (result.success) return result.data
    mistakes.push(...result.error.issues.flatMap((issue) => mistakesOf(issue, prefix, schema, [])))
    return undefined
  }
  const checked = {
    params: check(endpoint.params, input.params, '/params'),
    query: check(endpoint.query, input.query, '/query'),
    body: check(endpoint.body, input.body, ''),
  }
  if (mistakes.length > 0) {
    const first = mistakes[0] as Mistake
    const more = mistakes.length > 1 ? ` (and ${mistakes.length - 1} more)` : ''
    throw new Problem('invalid', `${first.path === '' ? 'The body' : first.path}: ${first.message}${more}`, mistakes)
  }
  return checked
}

type Issue = z.core.$ZodIssue

/**
 * What is wrong in a value, as pointers and sentences.
 *
 * @param schema what the whole value was checked with, and `above` the way in it to where the issue's path begins
 */
function mistakesOf(issue: Issue, prefix: string, schema: z.ZodType, above: readonly PropertyKey[]): Mistake[] {
  const way = [...above, ...issue.path]
  const path = prefix + pointer(way)
  if (issue.code === 'unrecognized_keys') {
    const message = `There is no such field here; allowed are ${allowedFields(schema, way).join(', ') || 'none'}`
    return issue.keys.map((key) => ({ path: path + pointer([key]), message }))
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    // of several allowed shapes the one is meant that fits best
    const [best] = [...issue.errors].sort((a, b) => a.length - b.length)
    return (best ?? []).flatMap((inner) => mistakesOf(inner, prefix, schema, way))
  }
  return [{ path, message: issue.message }]
}
