import type { CustomerFilter } from '../customers/filter.ts'
import { type Database, rows } from '../database.ts'
import type { ChannelName } from '../deliveries/channels/channel.ts'
import { Problem } from '../errors.ts'
import type { MailKind } from '../suppressions/kinds.ts'

/** Whom a campaign goes to, as its caller says it: the members of a segment, perhaps filtered, or picked customers. */
export type Criteria = {
  /** `email` when it is left out. */
  channel?: ChannelName | undefined
  segment?: string | undefined
  provider?: string | undefined
  filter?: CustomerFilter | undefined
  customers?: readonly string[] | undefined
  /** Everybody whom a filter lets through, whichever segments they are in. */
  search?: (CustomerFilter & { segment?: string | undefined }) | undefined
  /** What kind of mail it is, of which customers may want none; news when it is left out. */
  kind?: MailKind | undefined
  /** Only customers of `provider`, and only segments of providers: who ordered it has nothing to do with others. */
  ownOnly?: boolean | undefined
}

/** {@link Criteria} with the names looked up. */
export type Audience = {
  channel: ChannelName
  /** 0 for the whole business. */
  providerId: number
  kind: MailKind
  filter: CustomerFilter
  source:
    | { segmentId: number; segmentName: string; membersOf: number }
    | { customers: readonly string[]; ownOf: number | null }
    | { everybody: true; inSegment: number | null; ownOf: number | null }
}

/**
 * Looks up the segment and the provider that criteria name.
 *
 * @throws Problem `invalid` when they don't name one of a segment, customers and a search, or name something that isn't there
 */
export async function resolveCriteria(db: Database, criteria: Criteria): Promise<Audience> {
  const { segment, customers, search, filter = {}, kind = 'one_off', ownOnly = false } = criteria
  const named = Object.entries({ segment, customers, search }).flatMap(([name, one]) =>
    one === undefined ? [] : [name],
  )
  if (named.length !== 1) {
    const message = 'Say who gets it: one of “segment”, “customers” and “search”'
    throw new Problem('invalid', message, [{ path: `/${named.at(-1) ?? 'segment'}`, message }])
  }
  const providerId = criteria.provider === undefined ? 0 : await findProvider(db, criteria.provider)
  const audience = { channel: criteria.channel ?? 'email', providerId, kind, filter }
  const ownOf = ownOnly ? providerId : null
  if (segment !== undefined) return { ...audience, source: await findSegment(db, segment, providerId, ownOnly) }
  if (customers !== undefined) return { ...audience, source: { customers: [...new Set(customers)], ownOf } }
  const { segment: within, ...found } = search ?? {}
  const inSegment = within === undefined ? null : (await findSegment(db, within, providerId, ownOnly, false)).segmentId
  return { ...audience, filter: { ...filter, ...found }, source: { everybody: true, inSegment, ownOf } }
}

async function findProvider(db: Database, externalId: string): Promise<number> {
  const found = await rows<{ id: number }>(db, 'SELECT id FROM providers WHERE external_id = ? AND known = 1', [
    externalId,
  ])
  if (found[0] === undefined) throw missing('/provider', `There is no provider ${externalId}`)
  return found[0].id
}

async function findSegment(db: Database, key: string, providerId: number, ownOnly: boolean, ofOne = true) {
  const sql = 'SELECT id, name, scope FROM segments WHERE `key` = ?'
  const [segment] = await rows<{ id: number; name: string; scope: string }>(db, sql, [key])
  if (segment === undefined || (ownOnly && segment.scope === 'business')) {
    throw missing('/segment', `There is no segment ${key}`)
  }
  if (ofOne && segment.scope === 'provider' && providerId === 0) {
    throw missing('/provider', `The segment ${key} belongs to each provider: say which one`)
  }
  return {
    segmentId: segment.id,
    segmentName: segment.name,
    membersOf: segment.scope === 'provider' ? providerId : 0,
  }
}

const missing = (path: string, message: string) => new Problem('invalid', message, [{ path, message }])
