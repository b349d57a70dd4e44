import type { KnownValue, KnownValues } from '../../rules/catalogue.ts'
import { type Database, fromJson, rows } from '../database.ts'
import { countValues } from './countValues.ts'
import { knownAttributes } from './knownAttributes.ts'

/** The parameters of facts that take values of a table, whichever fact has them. */
const OF_PARAMETERS: Readonly<Record<string, string>> = {
  services: 'service',
  except_services: 'service',
  states: 'state',
  types: 'type',
}

const MOST = 200

/**
 * The values that exist in the data, with how many have them, for the parameters and values of facts.
 *
 * @returns by fact and name; undefined where any value will do or nothing is known
 */
export async function knownValues(db: Database): Promise<KnownValues> {
  const [customers, bookings, memberships, tags, segments, campaigns, attributes] = await Promise.all([
    countValues(db, 'customers'),
    countValues(db, 'bookings'),
    countValues(db, 'memberships'),
    countValues(db, 'customer_tags'),
    knownSegments(db),
    knownCampaigns(db),
    knownAttributes(db),
  ])
  const columns = new Map([...customers, ...bookings, ...memberships, ...tags])
  return (fact, name) => {
    if (fact === 'segment' && name === 'value') return segments
    if (fact === 'attribute') return name === 'name' ? attributes : undefined
    if (name === 'campaign') return campaigns
    // neither is there yet: nothing to choose from
    if (name === 'template' || name === 'automation') return []
    return columns.get(name === 'value' ? fact : (OF_PARAMETERS[name] ?? ''))?.slice(0, MOST)
  }
}

/** All segments by name, with their members. */
async function knownSegments(db: Database): Promise<KnownValue[]> {
  const counts = new Map((await countValues(db, 'segment_members')).get('segment_id')?.map((one) => [one.value, one]))
  const counted = [...counts.values()].every(({ count }) => count !== undefined)
  const segments = await rows<{ id: number; key: string; name: string }>(
    db,
    'SELECT id, `key`, name FROM segments ORDER BY name, id',
  )
  return segments.map(({ id, key, name }) => {
    // who is not among those counted has no members
    const count = counts.get(String(id))?.count ?? (counted ? 0 : undefined)
    return { value: key, label: name, ...(count === undefined ? {} : { count }) }
  })
}

/** The newest campaigns by name, with the recipients of those that have an audience. */
async function knownCampaigns(db: Database): Promise<KnownValue[]> {
  const campaigns = await rows<{ id: number; name: string; total: number | null; left_out: string | null }>(
    db,
    `SELECT c.id, c.name, a.total, a.left_out FROM campaigns c LEFT JOIN audiences a ON a.campaign_id = c.id
     ORDER BY c.id DESC LIMIT ${MOST}`,
  )
  return campaigns.map(({ id, name, total, left_out }) => {
    if (total === null) return { value: String(id), label: name }
    const left = Object.values(fromJson<Record<string, number>>(left_out) ?? {})
    return { value: String(id), label: name, count: left.reduce((rest, one) => rest - one, total) }
  })
}
