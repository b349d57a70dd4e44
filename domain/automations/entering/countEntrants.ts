import { after } from '../../../rules/automations/instants.ts'
import { type CustomerSearch, idsOf } from '../../customers/listCustomers.ts'
import { type Database, rows } from '../../database.ts'
import { Problem } from '../../errors.ts'
import type { Pair } from '../../segments/markDirty.ts'
import { requireProvider } from '../../segments/requireProvider.ts'
import { pairKey } from '../../segments/takeWork.ts'
import { readSettings } from '../../settings/readSettings.ts'
import type { Version } from '../definition.ts'
import { providersOf } from '../hear.ts'
import { holdsFor } from '../holdsFor.ts'
import { lastEntered } from './takeArrivals.ts'

/**
 * Who is to enter because somebody says so: named customers, those whom a search finds, the members of a segment, or of the
 * trigger's segment.
 */
type Whom = {
  /** The caller's ids. */
  customers?: readonly string[] | undefined
  segment?: string | undefined
  /** Whom a search finds. */
  search?: CustomerSearch | undefined
  trigger?: true | undefined
  /** The caller's id: only with this provider. */
  provider?: string | undefined
}

/** As many as decisions by hand are about at most. */
const MOST_FOUND = 100_000

/**
 * The customers that somebody means, each with the provider with whom they are to enter.
 *
 * @throws Problem 'invalid' with the path of what is not there
 */
export async function whomToEnrol(
  db: Database,
  { definition }: Pick<Version, 'definition'>,
  { customers, segment, search, trigger, provider }: Whom,
): Promise<Pair[]> {
  const providerId = provider === undefined ? undefined : await requireProvider(db, provider, '/provider')
  const ofProviders = definition.scope === 'provider'
  if (customers !== undefined) return named(db, ofProviders, customers, providerId)
  if (search !== undefined) {
    const found = await idsOf(db, search, MOST_FOUND + 1, '/search')
    if (found.length > MOST_FOUND) {
      const message = `The search finds more than ${MOST_FOUND} customers: narrow it down, or make it a segment`
      throw new Problem('invalid', message, [{ path: '/search', message }])
    }
    const pairs = found.map((customerId) => ({ providerId: 0, customerId }))
    return withProviders(db, ofProviders, pairs, providerId)
  }
  const { when } = definition
  const key = trigger === true ? (when.on === 'enters_segment' ? when.segment : undefined) : segment
  if (key === undefined) {
    const message = 'This automation does not begin with a segment: say who, by “customers” or “segment”'
    throw new Problem('invalid', message, [{ path: '/trigger', message }])
  }
  const [found] = await rows<{ id: number }>(db, 'SELECT id FROM segments WHERE `key` = ?', [key])
  if (found === undefined) {
    const message = `There is no segment “${key}”`
    throw new Problem('invalid', message, [{ path: '/segment', message }])
  }
  const members = await rows<Pair>(
    db,
    `SELECT DISTINCT ${ofProviders ? 'provider_id' : '0'} AS providerId, customer_id AS customerId
     FROM segment_members WHERE segment_id = ? ORDER BY customer_id`,
    [found.id],
  )
  return withProviders(db, ofProviders, members, providerId)
}

async function named(
  db: Database,
  ofProviders: boolean,
  customers: readonly string[],
  providerId: number | undefined,
): Promise<Pair[]> {
  const found = await rows<{ id: number; external_id: string }>(
    db,
    'SELECT id, external_id FROM customers WHERE known = 1 AND external_id IN (?)',
    [customers] as never,
  )
  const known = new Set(found.map(({ external_id }) => external_id))
  const unknown = customers.flatMap((customer, n) =>
    known.has(customer) ? [] : [{ path: `/customers/${n}`, message: `There is no customer ${customer}` }],
  )
  if (unknown.length > 0) throw new Problem('invalid', unknown[0]?.message ?? '', unknown.slice(0, 50))
  const pairs = found.map(({ id }) => ({ providerId: 0, customerId: id }))
  return withProviders(db, ofProviders, pairs, providerId)
}

/** What is no provider's is with each of theirs, in an automation of each provider. */
async function withProviders(
  db: Database,
  ofProviders: boolean,
  pairs: readonly Pair[],
  providerId: number | undefined,
): Promise<Pair[]> {
  if (!ofProviders) return [...pairs]
  const general = pairs.filter((pair) => pair.providerId === 0).map(({ customerId }) => customerId)
  const related = await providersOf(db, general)
  const all = pairs.flatMap((pair) =>
    pair.providerId === 0
      ? (related.get(pair.customerId) ?? []).map((provider) => ({ providerId: provider, customerId: pair.customerId }))
      : [pair],
  )
  return providerId === undefined ? all : all.filter((pair) => pair.providerId === providerId)
}

/** Who would enter now, and why the others would not. */
export type Entrants = { entering: Pair[]; leftOut: { reason: 'inside' | 'lately' | 'rule'; count: number }[] }

/** Tells apart those who could enter now: by the rule for who may, by who is inside, and by how often somebody may enter. */
export async function countEntrants(
  db: Database,
  version: Version,
  pairs: readonly Pair[],
  now: Date,
): Promise<Entrants> {
  const { only, scope, again, at_once: atOnce } = version.definition
  const held = only === undefined ? null : await holdsFor(db, { scope, rules: [only], pairs }, now)
  const lately = await lastEntered(db, version, pairs)
  const { timeZone } = await readSettings(db)
  const counts = { inside: 0, lately: 0, rule: 0 }
  const entering = pairs.filter((pair) => {
    const key = pairKey(pair)
    const last = lately.get(key)
    if (held !== null && held.get(key)?.[0] !== true) counts.rule += 1
    else if (atOnce !== true && last?.inside === true) counts.inside += 1
    else if (
      last !== undefined &&
      again !== 'each' &&
      (again === 'never' || after(last.at, again.after, timeZone) > now)
    ) {
      counts.lately += 1
    } else return true
    return false
  })
  const reasons = ['inside', 'lately', 'rule'] as const
  return {
    entering,
    leftOut: reasons.flatMap((reason) => (counts[reason] === 0 ? [] : [{ reason, count: counts[reason] }])),
  }
}
