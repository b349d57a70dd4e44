import { z } from 'zod'
import { type Database, rows } from '../../domain/database.ts'
import { Problem } from '../../domain/errors.ts'
import type { Endpoint } from '../contract/endpoint.ts'

/** Things that belong to a provider, and the question whether one that a request names is theirs: `?` is the id, then the provider. */
const THINGS = {
  customer: `SELECT 1 FROM customers c JOIN relationships r ON r.customer_id = c.id
    WHERE c.external_id = ? AND c.known = 1 AND r.provider_id = ?`,
  provider: 'SELECT 1 FROM providers WHERE external_id = ? AND id = ? AND known = 1',
  campaign: 'SELECT 1 FROM campaigns WHERE id = ? AND provider_id = ?',
  audience: 'SELECT 1 FROM audiences a JOIN campaigns m ON m.id = a.campaign_id WHERE a.id = ? AND m.provider_id = ?',
  delivery: 'SELECT 1 FROM deliveries d JOIN campaigns m ON m.id = d.campaign_id WHERE d.id = ? AND m.provider_id = ?',
  // those of the whole business have other people's customers in them
  segment: "SELECT 1 FROM segments WHERE `key` = ? AND scope = 'provider' AND ? > 0",
} as const
type Thing = keyof typeof THINGS

/** What `{id}` stands for, by the beginning of the address. */
const BY_PATH: Readonly<Record<string, Thing>> = {
  customers: 'customer',
  providers: 'provider',
  campaigns: 'campaign',
  audiences: 'audience',
  deliveries: 'delivery',
  segments: 'segment',
}

/** What parameters name, by their names in the address, the query and the body. */
const BY_NAME: Readonly<Record<string, Thing>> = {
  customer: 'customer',
  customers: 'customer',
  provider: 'provider',
  campaign: 'campaign',
  delivery: 'delivery',
  segment: 'segment',
}

/** Parts of a body that say whom or what is meant as a query does. */
const NESTED = ['search', 'deliveries', 'filter'] as const

/** Bodies that may name many customers: their handlers leave out who is not the provider's, as they do with unknown ones. */
const NARROWED: readonly string[] = [
  '/campaigns',
  '/campaigns/{id}',
  '/campaigns/preflight',
  '/campaigns/preflight/customers',
  '/customers/export',
]

type Input = { params: unknown; query: unknown; body: unknown }
type Named = { thing: Thing; id: string }

/**
 * Keeps somebody who has to do with one provider's things to those, before the call is handled: whatever parameter names
 * something of another provider's is answered as if there were no such thing, and lists that can be narrowed to a provider
 * are. New calls are kept by the names of their parameters; handlers narrow further what has no parameter.
 *
 * @param own our id of the provider
 * @returns the input, with `provider` in the query where a GET takes one and none was given
 * @throws Problem 'not_found', with the same words for what is not there and what is another provider's
 */
export async function keepToOwn(db: Database, endpoint: Endpoint, input: Input, own: number): Promise<Input> {
  const named = [
    ...inAddress(endpoint.path, input.params),
    ...inObject(input.query),
    ...inObject(input.body, NARROWED.includes(endpoint.path) ? ['customers'] : []),
    ...NESTED.flatMap((part) => inObject(asObject(input.body)[part])),
  ]
  for (const one of named) await requireOwnThing(db, one, own)
  if (endpoint.method !== 'get' || !takesProvider(endpoint.query)) return input
  const query = asObject(input.query)
  if (query.provider !== undefined) return input
  const [row] = await rows<{ id: string }>(db, 'SELECT external_id AS id FROM providers WHERE id = ?', [own])
  return { ...input, query: { ...query, provider: takesSeveral(endpoint.query) ? [row?.id ?? ''] : (row?.id ?? '') } }
}

function inAddress(path: string, params: unknown): Named[] {
  const [, first = ''] = path.split('/')
  return Object.entries(asObject(params)).flatMap(([name, id]) => {
    const thing = name === 'id' ? BY_PATH[first] : BY_NAME[name]
    return thing === undefined || typeof id !== 'string' ? [] : [{ thing, id }]
  })
}

function inObject(value: unknown, except: readonly string[] = []): Named[] {
  return Object.entries(asObject(value)).flatMap(([name, given]) => {
    const thing = except.includes(name) ? undefined : BY_NAME[name]
    if (thing === undefined) return []
    return [given].flat().flatMap((id) => (typeof id === 'string' ? [{ thing, id }] : []))
  })
}

const asObject = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}

async function requireOwnThing(db: Database, { thing, id }: Named, own: number): Promise<void> {
  // `none` asks for those without a campaign, which are narrowed by the provider
  if (thing === 'campaign' && id === 'none') return
  // these columns are ASCII, or numbers: other text would not compare
  const isPossible = ['customer', 'provider', 'segment'].includes(thing) ? /^[\x20-\x7e]*$/ : /^\d{1,18}$/
  const found = isPossible.test(id) ? await rows(db, `${THINGS[thing]} LIMIT 1`, [id, own]) : []
  if (found.length === 0) throw new Problem('not_found', `There is no ${thing} ${id}.`)
}

const takesProvider = (schema: z.ZodType): boolean => schema instanceof z.ZodObject && 'provider' in schema.shape

/** Whether several providers may be asked for at once. */
const takesSeveral = (schema: z.ZodType): boolean =>
  schema instanceof z.ZodObject && (schema.shape.provider as z.ZodType).safeParse(['x']).success
