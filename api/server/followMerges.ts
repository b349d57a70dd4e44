import type { Database } from '../../domain/database.ts'
import { mergedAmong } from '../../domain/merge/mergedAmong.ts'
import type { Endpoint } from '../contract/endpoint.ts'

/** They are asked about the two themselves. */
const AS_NAMED: readonly string[] = ['/customers/{id}/merge', '/customers/{id}/merge/preview']

/** Parts of a body that say whom or what is meant as a query does. */
const NESTED: readonly string[] = ['search', 'deliveries', 'filter']

type Input = { params: unknown; query: unknown; body: unknown }
type Rename = (id: string) => string

/**
 * Leads the identifiers of customers who went into others to those who stayed, before the call is handled, so that no handler
 * has to know of merges: a booking system may go on naming whom it knows. New calls are covered by the names of their
 * parameters.
 */
export async function followMerges(db: Database, endpoint: Endpoint, input: Input): Promise<Input> {
  if (AS_NAMED.includes(endpoint.path)) return input
  const named = new Set<string>()
  renamed(endpoint, input, (id) => {
    named.add(id)
    return id
  })
  if (named.size === 0) return input
  const into = await mergedAmong(db, [...named])
  return into.size === 0 ? input : renamed(endpoint, input, (id) => into.get(id) ?? id)
}

function renamed({ path }: Endpoint, { params, query, body }: Input, rename: Rename): Input {
  const names = path.startsWith('/customers/{id}') ? ['id', 'customer'] : ['customer']
  return {
    params: inObject(params, names, rename),
    query: inObject(query, ['customer'], rename),
    body: inBody(body, rename),
  }
}

function inBody(body: unknown, rename: Rename): unknown {
  if (!isObject(body)) return body
  const nested = Object.fromEntries(
    NESTED.filter((part) => isObject(body[part])).map((part) => [
      part,
      inObject(body[part], ['customer', 'customers'], rename),
    ]),
  )
  return inObject({ ...body, ...nested }, ['customer', 'customers'], rename)
}

function inObject(value: unknown, names: readonly string[], rename: Rename): unknown {
  if (!isObject(value)) return value
  const changed = names.flatMap((name): [string, unknown][] => {
    const given = value[name]
    if (typeof given === 'string') return [[name, rename(given)]]
    if (!Array.isArray(given)) return []
    // two who have become one are named once
    return [[name, [...new Set(given.map((one: unknown) => (typeof one === 'string' ? rename(one) : one)))]]]
  })
  return changed.length === 0 ? value : { ...value, ...Object.fromEntries(changed) }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
