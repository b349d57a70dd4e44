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
  /** What kind of mail it is, of which customers may want none; news when it is left out. */
  kind?: MailKind | undefined
}

/** {@link Criteria} with the names looked up. */
export type Audience = {
  channel: ChannelName
  /** 0 for the whole business. */
  providerId: number
  kind: MailKind
  filter: CustomerFilter
  source: { segmentId: number; segmentName: string; membersOf: number } | { customers: readonly string[] }
}

/**
 * Looks up the segment and the provider that criteria name.
 *
 * @throws Problem `invalid` when they name neither a segment nor customers, both, or something that isn't there
 */
export async function resolveCriteria(db: Database, criteria: Criteria): Promise<Audience> {
  const { segment, customers, filter = {}, kind = 'one_off' } = criteria
  const providerId = criteria.provider === undefined ? 0 : await findProvider(db, criteria.provider)
  const audience = { channel: criteria.channel ?? 'email', providerId, kind, filter }
  if (segment !== undefined && customers === undefined) {
    return { ...audience, source: await findSegment(db, segment, providerId) }
  }
  if (customers !== undefined && segment === undefined) {
    return { ...audience, source: { customers: [...new Set(customers)] } }
  }
  const message = 'Say who gets it: either “segment” or “customers”'
  throw new Problem('invalid', message, [{ path: segment === undefined ? '/segment' : '/customers', message }])
}

async function findProvider(db: Database, externalId: string): Promise<number> {
  const found = await rows<{ id: number }>(db, 'SELECT id FROM providers WHERE external_id = ? AND known = 1', [
    externalId,
  ])
  if (found[0] === undefined) throw missing('/provider', `There is no provider ${externalId}`)
  return found[0].id
}

async function findSegment(db: Database, key: string, providerId: number) {
  const sql = 'SELECT id, name, scope FROM segments WHERE `key` = ?'
  const [segment] = await rows<{ id: number; name: string; scope: string }>(db, sql, [key])
  if (segment === undefined) throw missing('/segment', `There is no segment ${key}`)
  if (segment.scope === 'provider' && providerId === 0) {
    throw missing('/provider', `The segment ${key} belongs to each provider: say which one`)
  }
  return {
    segmentId: segment.id,
    segmentName: segment.name,
    membersOf: segment.scope === 'provider' ? providerId : 0,
  }
}

const missing = (path: string, message: string) => new Problem('invalid', message, [{ path, message }])
