import { customerName } from '../customers/name.ts'
import { type Database, fromJson, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import type { Status } from '../statuses/status.ts'
import type { Attributes, PartyProfile } from './fields.ts'

/** One of two customers who are one person. */
export type Party = {
  /** Our id, and the caller's. */
  id: number
  externalId: string
  name: string
  profile: PartyProfile
  status: Status
  /** What was set by hand or by an automation; null when the status follows the rules. */
  statusSet: { at: Date | null; by: string | null; automation: string | null } | null
  /** Bookings that were not cancelled. */
  bookings: number
}

/** Our ids of the two. */
export type Whose = { readonly stays: { readonly id: number }; readonly goes: { readonly id: number } }

/** The one who stays, and the one who goes into them. */
export type Pair = { stays: Party; goes: Party }

type Row = Omit<PartyProfile, 'attributes'> & {
  id: number
  external_id: string
  known: number
  merged_into: number | null
  into_id: string | null
  attributes: string | null
  status: Status
  status_by_hand: number
  status_set_at: Date | null
  status_set_by: string | null
  status_automation_id: string | null
  bookings: number
  erasing: number
}

const SELECT = `
  SELECT c.id, c.external_id, c.known, c.merged_into, y.external_id AS into_id, c.first_name, c.last_name,
    c.email, c.phone, c.username, c.birthdate, c.gender, c.language, c.country, c.customer_group, c.aggregator,
    c.joined_at, c.attributes, c.status, c.status_by_hand, c.status_set_at, c.status_set_by, c.status_automation_id,
    (SELECT COUNT(*) FROM bookings b WHERE b.customer_id = c.id AND b.deleted = 0 AND b.state <> 'cancelled') AS bookings,
    EXISTS (SELECT 1 FROM erasures e WHERE e.customer_id = c.id AND e.state <> 'done') AS erasing
  FROM customers c LEFT JOIN customers y ON y.id = c.merged_into`

/** How the two are told apart in a request. */
export type Named = { stays: string; goes: string }

/**
 * Reads two customers who are to become one.
 *
 * @param hold keeps both until the transaction ends
 * @returns null when the one who goes has gone into the one who stays already
 * @throws Problem 'not_found' for one who is not there, 'invalid' for the same twice, 'conflict' for one who is being erased or
 *   has gone into somebody else
 */
export async function readPair(db: Database, named: Named, hold = false): Promise<Pair | null> {
  if (named.stays === named.goes) throw refusal('invalid', 'A customer can’t be merged with themselves')
  const ids = [named.stays, named.goes]
  if (hold) {
    await rows(db, 'SELECT id FROM customers WHERE external_id IN (?) ORDER BY external_id FOR UPDATE', [ids])
  }
  const found = await rows<Row>(db, `${SELECT} WHERE c.external_id IN (?)`, [ids])
  const stays = found.find((row) => row.external_id === named.stays)
  const goes = found.find((row) => row.external_id === named.goes)
  if (goes !== undefined && stays !== undefined && goes.merged_into === stays.id) return null
  for (const [row, name] of [
    [stays, named.stays],
    [goes, named.goes],
  ] as const) {
    if (row?.into_id != null) throw refusal('conflict', `${name} was merged into ${row.into_id} already`)
    if (row === undefined || row.known !== 1)
      throw new Problem('not_found', `There is no customer with the id ${name}.`)
    if (row.erasing === 1) throw refusal('conflict', `${name} is being erased`)
  }
  if (stays === undefined || goes === undefined) throw new Error('Both were there')
  return { stays: partyOf(stays), goes: partyOf(goes) }
}

/**
 * Holds two of whom the one has gone into the other already.
 *
 * @returns null when that is not so any more
 */
export async function holdMerged(trx: Database, { stays, goes }: Whose): Promise<Pair | null> {
  const ids = [stays.id, goes.id]
  await rows(trx, 'SELECT id FROM customers WHERE id IN (?) ORDER BY external_id FOR UPDATE', [ids])
  const found = await rows<Row>(trx, `${SELECT} WHERE c.id IN (?)`, [ids])
  const one = found.find(({ id }) => id === stays.id)
  const other = found.find(({ id }) => id === goes.id)
  if (one === undefined || other === undefined || other.merged_into !== one.id) return null
  return { stays: partyOf(one), goes: partyOf(other) }
}

/** What is at fault is the other one, whom the body names. */
const refusal = (code: 'invalid' | 'conflict', message: string) =>
  new Problem(code, message, [{ path: '/other', message }])

function partyOf(row: Row): Party {
  const { first_name, last_name, email, phone, username, birthdate, gender, language, country } = row
  const { customer_group, aggregator, joined_at } = row
  return {
    id: row.id,
    externalId: row.external_id,
    name: customerName(row),
    profile: {
      ...{ first_name, last_name, email, phone, username, birthdate, gender, language, country },
      ...{ customer_group, aggregator, joined_at },
      attributes: fromJson<Attributes>(row.attributes) ?? {},
    },
    status: row.status,
    statusSet:
      row.status_by_hand === 1
        ? { at: row.status_set_at, by: row.status_set_by, automation: row.status_automation_id }
        : null,
    bookings: row.bookings,
  }
}
