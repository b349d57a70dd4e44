import { type CustomerSearch, idsOf } from '../../customers/listCustomers.ts'
import { type Database, rows } from '../../database.ts'
import { Problem } from '../../errors.ts'
import { transact } from '../../retry.ts'
import { chunksOf } from '../applyChanges.ts'
import { type Decided, decideByHand } from './decideByHand.ts'
import type { Decision } from './decision.ts'
import { findPeople, identifiersIn, type People } from './findPeople.ts'
import { findTarget, ownCustomers } from './findTarget.ts'

/** At most so many at once. */
const MOST = 100_000
/** So many in one transaction, which refreshes wait for. */
const CHUNK = 10_000

/** Whom a decision is about: identifiers, a pasted text of them, or a search. */
export type Whom = { customers: readonly string[] } | { text: string } | { search: Omit<CustomerSearch, 'sort'> }

export type DecidedMany = Decided & {
  /** Identifiers that name nobody, and those that name several. */
  unknown: string[]
  ambiguous: string[]
  /** Customers, by the caller's ids, who have nothing to do with the provider: nothing is decided about them. */
  unrelated: string[]
  /** What was decided before about those for whom that was another decision, by the caller's ids. */
  before: { decision: Decision; customers: string[] }[]
}

/**
 * Decides by hand about many customers of one segment, in one transaction for each 10,000 of them: refreshes wait for no
 * longer than that. Whoever is interrupted decides the same again, which changes nothing for those who are done.
 *
 * @param dryRun only says what it would change
 * @throws Problem 'not_found' for an unknown segment; 'invalid' for more than 100,000 customers, or a provider, a segment or
 *   a filter that is wrong
 */
export async function decideMany(
  db: Database,
  names: { segment: string; provider?: string | undefined },
  whom: Whom,
  { decision, by, dryRun }: { decision: Decision; by: string; dryRun: boolean },
  now: Date,
): Promise<DecidedMany> {
  const target = await findTarget(db, names.segment, names.provider, '/provider')
  const { ids, unknown, ambiguous } = await peopleOf(db, whom)
  const own = decision === 'rule' ? ids : await ownCustomers(db, target.providerId, ids)
  const isOwn = new Set(own)
  const unrelated = await externalIds(
    db,
    ids.filter((id) => !isOwn.has(id)),
  )
  const done: Decided = { changed: 0, unchanged: 0, entered: 0, left: 0 }
  const before = new Map<number, Decision>()
  for (const chunk of chunksOf(own, CHUNK)) {
    const act = (trx: Database) => decideByHand(trx, target, chunk, { decision, by }, now)
    const part = dryRun ? await undone(db, act) : await act(db)
    for (const number of ['changed', 'unchanged', 'entered', 'left'] as const) done[number] += part[number]
    for (const [customer, was] of part.before) before.set(customer, was)
  }
  return { ...done, unknown, ambiguous, unrelated, before: await namedBefore(db, before) }
}

async function peopleOf(db: Database, whom: Whom): Promise<People> {
  if ('search' in whom) {
    const ids = await idsOf(db, whom.search, MOST + 1, '/search')
    if (ids.length > MOST) throw tooMany('/search')
    return { ids, unknown: [], ambiguous: [] }
  }
  const identifiers = 'text' in whom ? identifiersIn(whom.text) : [...new Set(whom.customers)]
  if (identifiers.length > MOST) throw tooMany('text' in whom ? '/text' : '/customers')
  return findPeople(db, identifiers)
}

function tooMany(path: string): Problem {
  const message = `Allowed are at most ${MOST.toLocaleString('en')} customers at once`
  return new Problem('invalid', `${path}: ${message}.`, [{ path, message }])
}

async function namedBefore(db: Database, before: ReadonlyMap<number, Decision>): Promise<DecidedMany['before']> {
  const found: DecidedMany['before'] = []
  for (const decision of ['in', 'out', 'rule'] as const) {
    const ids = [...before].flatMap(([id, was]) => (was === decision ? [id] : []))
    if (ids.length > 0) found.push({ decision, customers: await externalIds(db, ids) })
  }
  return found
}

async function externalIds(db: Database, asked: readonly number[]): Promise<string[]> {
  if (asked.length === 0) return []
  const found = await rows<{ external_id: string }>(
    db,
    'SELECT external_id FROM customers WHERE id IN (?) ORDER BY external_id',
    [[...asked]],
  )
  return found.map(({ external_id }) => external_id)
}

/** Does something in a transaction that is rolled back, so that what is promised is just what would be done. */
async function undone<Result>(db: Database, act: (trx: Database) => Promise<Result>): Promise<Result> {
  let result: { is: Result } | undefined
  const rollback = new Error('only tried')
  try {
    await transact(db, async (trx) => {
      result = { is: await act(trx) }
      throw rollback
    })
  } catch (error) {
    if (error !== rollback) throw error
  }
  if (result === undefined) throw rollback
  return result.is
}
