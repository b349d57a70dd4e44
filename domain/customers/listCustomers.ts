import { type Database, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { allOf, type CustomerFilter, customerFilterSql, hasTag } from './filter.ts'
import { customerName, NAME_COLUMNS, type Named } from './name.ts'
import { afterCursor, cursorOf, type Direction, orderSql, type Sort } from './order.ts'
import type { Sql } from './sql.ts'
import { tagsOf } from './tagsOf.ts'

export type CustomerSearch = {
  filter?: CustomerFilter | undefined
  status?: readonly string[] | undefined
  /** Customers with at least one of these tags. */
  tag?: readonly string[] | undefined
  /** Key of a segment whose members are meant. */
  segment?: string | undefined
  /** The caller's id of a provider: those who have a relationship, or are in the segment, with them. */
  provider?: string | undefined
  /** Our id of a provider whose customers alone there are, with what concerns that provider; of the whole business when left out. */
  own?: number | undefined
  /** By name when left out. */
  sort?: Sort | undefined
  direction?: Direction | undefined
}

export type Summary = {
  id: string
  name: string
  email: string | null
  gender: 'female' | 'male' | 'diverse' | null
  customer_group: string | null
  aggregator: string | null
  status: 'lead' | 'customer' | 'vip'
  tags: string[]
  bookings: number
}

/** A customer with what the list can show besides. */
export type Listed = Summary & {
  phone: string | null
  language: string | null
  joined_at: Date | null
  last_booking_at: Date | null
}

/**
 * The columns of {@link Summary}, over `customers c` left-joined with `relationships r` of the whole business. The cast
 * keeps a whole number one: MariaDB makes a decimal, and so a text, of an unsigned column with a signed default.
 */
export const SUMMARY_COLUMNS = `c.id, ${NAME_COLUMNS}, c.gender, c.customer_group, c.aggregator, c.status,
  CAST(COALESCE(r.bookings, 0) AS SIGNED) AS bookings`

export type SummaryRow = Named & Omit<Summary, 'id' | 'name' | 'tags'> & { id: number }

export type ListedRow = SummaryRow & Pick<Listed, 'phone' | 'language' | 'joined_at' | 'last_booking_at'>

/** The columns of {@link Listed}. */
export const LISTED_COLUMNS = `${SUMMARY_COLUMNS}, c.phone, c.language, c.joined_at, r.last_booking_at`

/** `own` is a number of ours, never text of a request. */
const relationshipsOf = ({ own = 0 }: CustomerSearch): string =>
  `LEFT JOIN relationships r ON r.provider_id = ${Number(own)} AND r.customer_id = c.id`
const fromOf = (search: CustomerSearch): string => `customers c ${relationshipsOf(search)}`

/**
 * A part of the customers, with the number of all that were asked for.
 *
 * @param at where the request names its parts: '' for a body, '/query' for a query
 * @throws Problem 'invalid' when the cursor is none of ours, or a segment or provider is not there
 */
export async function listCustomers(
  db: Database,
  search: CustomerSearch,
  page: { limit: number; cursor?: string | undefined },
  at: '' | '/query' = '',
): Promise<{ items: Listed[]; next: string | null; total: number }> {
  const asked = await searchSql(db, search, at)
  const total = await countFound(db, asked)
  const { part, next } = await readPart(db, search, asked, { ...page, path: `${at}/cursor`, isFew: total <= FEW })
  return { items: await listed(db, part), next, total }
}

/**
 * So few are found first and sorted then. A server that is asked for the first hundred in some order takes an index for it,
 * and goes through everybody until it has found enough of those few.
 */
const FEW = 2_000

type Found = { from: string; where: Sql }

/** First who stands in this part, by what orders them alone; then what is shown of them: what is sorted stays small. */
async function readPart(
  db: Database,
  search: CustomerSearch,
  { from, where: asked }: Found,
  { limit, cursor, path, isFew }: { limit: number; cursor?: string | undefined; path: string; isFew: boolean },
): Promise<{ part: ListedRow[]; next: string | null }> {
  const { sort = 'name', direction, own = 0 } = search
  const follows = await afterCursor(db, { sort, direction, of: own }, cursor, path)
  const all = allOf([asked, follows])
  const order = orderSql(sort, direction)
  const ids: Sql = isFew
    ? {
        sql: `SELECT c.id FROM (SELECT c.id FROM ${from} WHERE ${asked.sql} LIMIT ${FEW}) few
          JOIN customers c ON c.id = few.id ${relationshipsOf(search)} WHERE ${follows.sql}`,
        bindings: [...asked.bindings, ...follows.bindings],
      }
    : { sql: `SELECT c.id FROM ${from} WHERE ${all.sql}`, bindings: all.bindings }
  const found = await rows<ListedRow>(
    db,
    `SELECT ${LISTED_COLUMNS} FROM (${ids.sql} ORDER BY ${order} LIMIT ?) part
     JOIN customers c ON c.id = part.id ${relationshipsOf(search)}
     ORDER BY ${order}`,
    [...ids.bindings, limit + 1],
  )
  const part = found.slice(0, limit)
  const last = part.at(-1)
  return { part, next: found.length > limit && last !== undefined ? cursorOf(last) : null }
}

async function countFound(db: Database, { from, where }: Found): Promise<number> {
  const [count] = await rows<{ total: number }>(
    db,
    `SELECT COUNT(*) AS total FROM ${from} WHERE ${where.sql}`,
    where.bindings,
  )
  return count?.total ?? 0
}

/** Rows as the list shows them, with their tags. */
export async function listed(db: Database, found: readonly ListedRow[]): Promise<Listed[]> {
  const shown = await summaries(db, found)
  return found.map(({ phone, language, joined_at, last_booking_at }, index) => ({
    ...(shown[index] as Summary),
    ...{ phone, language, joined_at, last_booking_at },
  }))
}

/**
 * Our own ids of the customers whom a search finds, at most so many.
 *
 * @param at as in {@link listCustomers}
 * @throws Problem 'invalid' when a segment or provider is not there
 */
export async function idsOf(db: Database, search: CustomerSearch, limit: number, at: string): Promise<number[]> {
  const { from, where } = await searchSql(db, search, at)
  const found = await rows<{ id: number }>(db, `SELECT c.id FROM ${from} WHERE ${where.sql} ORDER BY c.id LIMIT ?`, [
    ...where.bindings,
    limit,
  ])
  return found.map(({ id }) => id)
}

/** Rows as lists show them, with their tags. */
export async function summaries(db: Database, found: readonly SummaryRow[]): Promise<Summary[]> {
  const tags = await tagsOf(
    db,
    found.map(({ id }) => id),
  )
  return found.map((row) => ({
    id: row.external_id,
    name: customerName(row),
    email: row.email,
    gender: row.gender,
    customer_group: row.customer_group,
    aggregator: row.aggregator,
    status: row.status,
    tags: tags.get(row.id) ?? [],
    bookings: row.bookings,
  }))
}

/**
 * The customers whom a search finds, as `customers c`.
 *
 * @param at as in {@link listCustomers}
 * @throws Problem 'invalid' when a segment or provider is not there
 */
export async function searchSql(
  db: Database,
  search: CustomerSearch,
  at: string,
): Promise<{ from: string; where: Sql }> {
  const { own } = search
  const parts: Sql[] = [{ sql: 'c.known = 1', bindings: [] }, customerFilterSql(search.filter ?? {}, own)]
  if (search.status !== undefined && search.status.length > 0) {
    parts.push({ sql: `c.status IN (${marks(search.status)})`, bindings: [...search.status] })
  }
  // who has no row of relationships with them is none of their customers
  if (own !== undefined) parts.push({ sql: 'r.customer_id IS NOT NULL', bindings: [] })
  const tagged = hasTag('c', search.tag)
  if (tagged !== null) parts.push(tagged)
  // whoever has to do with one provider sees who is in the segments of that one
  const provider =
    own ?? (search.provider === undefined ? null : await idOf(db, 'providers', search.provider, `${at}/provider`))
  const from = [fromOf(search)]
  if (search.segment !== undefined) {
    const segment = await idOf(db, 'segments', search.segment, `${at}/segment`)
    const ofProvider = provider === null ? '' : `AND m.provider_id = ${Number(provider)}`
    // as a table that is joined: members are fewer than customers, and asked for once
    from.push(`JOIN (SELECT DISTINCT m.customer_id FROM segment_members m WHERE m.segment_id = ${Number(segment)} ${ofProvider}) inside
      ON inside.customer_id = c.id`)
  } else if (provider !== null && own === undefined) {
    parts.push({
      sql: 'EXISTS (SELECT 1 FROM relationships own WHERE own.provider_id = ? AND own.customer_id = c.id)',
      bindings: [provider],
    })
  }
  return { from: from.join(' '), where: allOf(parts) }
}

const marks = (values: readonly unknown[]) => values.map(() => '?').join(', ')

async function idOf(db: Database, table: 'providers' | 'segments', name: string, path: string): Promise<number> {
  const column = table === 'segments' ? '`key`' : 'external_id'
  // these columns are ASCII: MariaDB refuses to compare them with other letters
  const isPossible = /^[\x20-\x7e]*$/.test(name)
  const [row] = isPossible ? await rows<{ id: number }>(db, `SELECT id FROM ${table} WHERE ${column} = ?`, [name]) : []
  if (row !== undefined) return row.id
  throw new Problem('invalid', `There is no ${table.slice(0, -1)} “${name}”.`, [
    { path, message: `Allowed is the id of a ${table.slice(0, -1)} that exists` },
  ])
}
