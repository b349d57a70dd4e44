import { knownCustomer } from '../customers/knownCustomer.ts'
import type { Database } from '../database.ts'
import { Problem } from '../errors.ts'
import type { Entry, Place, Source } from './source.ts'
import { SOURCES } from './sources/index.ts'

/** After every instant that a row can have. */
const END: Place = { at: new Date('9999-12-31T23:59:59.999Z'), kind: '', id: Number.MAX_SAFE_INTEGER }

/**
 * A part of what happened to a customer, newest first: bookings, payments, messages, segments, changes of status. What is
 * yet to come stands at its own time, at the top.
 *
 * @param kinds only of these; all when left out
 * @param own only what is between this provider and a customer of theirs; null for everything
 * @param cursor the `next` of the part before
 * @throws Problem 'not_found'; 'invalid' for a cursor that is none of ours
 */
export async function readTimeline(
  db: Database,
  externalId: string,
  {
    limit,
    cursor,
    kinds,
    own = null,
  }: { limit: number; cursor?: string | undefined; kinds?: readonly string[] | undefined; own?: number | null },
): Promise<{ items: Entry[]; next: string | null }> {
  const customer = await knownCustomer(db, externalId, own)
  const place = readPlace(cursor)
  const asked = SOURCES.filter(({ kind }) => kinds === undefined || kinds.includes(kind))
  const found = await Promise.all(
    asked.map(async (source) => {
      const entries = await source.read(db, customer, beginningOf(source, place), limit + 1, own)
      return entries.map((entry) => ({ kind: source.kind, ...entry }))
    }),
  )
  const items = found
    .flat()
    .sort(newestFirst)
    .slice(0, limit + 1)
  const last = items[limit - 1]
  return { items: items.slice(0, limit), next: items.length > limit && last !== undefined ? cursorOf(last) : null }
}

const rankOf = (kind: string): number => SOURCES.findIndex((source) => source.kind === kind)

function newestFirst(one: Entry, other: Entry): number {
  return other.at.getTime() - one.at.getTime() || rankOf(one.kind) - rankOf(other.kind) || other.id - one.id
}

/** Of a kind that comes later at one instant, all of that instant are still to come; of one that comes earlier, none. */
function beginningOf(source: Source, { at, kind, id }: Place): { at: Date; id: number } {
  const order = rankOf(source.kind) - rankOf(kind)
  if (kind === '' || order > 0) return { at, id: Number.MAX_SAFE_INTEGER }
  return order === 0 ? { at, id } : { at, id: 0 }
}

const cursorOf = ({ at, kind, id }: Place): string => `${at.toISOString()}.${kind}.${id}`

function readPlace(cursor: string | undefined): Place {
  if (cursor === undefined) return END
  const [, at = '', kind = '', id = ''] =
    /^(\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z)\.([a-z]+)\.(\d{1,15})$/.exec(cursor) ?? []
  const instant = new Date(at)
  if (rankOf(kind) === -1 || Number.isNaN(instant.getTime())) {
    const message = 'Not a cursor: take the “next” of the page before'
    throw new Problem('invalid', message, [{ path: '/query/cursor', message }])
  }
  return { at: instant, kind, id: Number(id) }
}
