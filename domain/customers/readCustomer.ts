import { type Database, fromJson, rows } from '../database.ts'
import type { Status } from '../statuses/status.ts'
import type { SuppressionKind } from '../suppressions/kinds.ts'
import { knownCustomer } from './knownCustomer.ts'
import { SUMMARY_COLUMNS, type Summary, type SummaryRow, summaries } from './listCustomers.ts'

type Channel = 'email' | 'sms' | 'push'

type Membership = {
  id: string
  type: string | null
  valid_from: string
  valid_to: string | null
  cancelled_at: string | null
  recurring: boolean
}

export type Profile = Summary & {
  username: string | null
  first_name: string | null
  last_name: string | null
  phone: string | null
  birthdate: string | null
  language: string | null
  country: string | null
  joined_at: Date | null
  attributes: Record<string, string | number | boolean | null>
  consents: Partial<Record<Channel, { given: boolean; at: Date; source: string }>>
  suppressions: { channel: Channel; provider: string | null; kind: SuppressionKind; reason: string; since: Date }[]
  attended: number
  first_booking_at: Date | null
  last_booking_at: Date | null
  next_booking_at: Date | null
  /** In minor units. */
  paid: number
  /** Set by hand or by an automation; null when it follows the rules. */
  status_set: { at: Date; by: string | null; automation: string | null } | null
  automatic_status: Status
  /** The last change of the status. */
  status_change: StatusOrigin | null
  /** Newest first. */
  memberships: Membership[]
}

export type StatusOrigin = { at: Date; from: Status; cause: string; rule: string | null; by: string | null }

type ProfileRow = SummaryRow &
  Pick<
    Profile,
    | 'phone'
    | 'birthdate'
    | 'language'
    | 'country'
    | 'joined_at'
    | 'attended'
    | 'first_booking_at'
    | 'last_booking_at'
    | 'next_booking_at'
    | 'automatic_status'
  > & {
    attributes: string | null
    status_by_hand: number
    status_set_at: Date | null
    status_set_by: string | null
    status_automation_id: string | null
  }

/**
 * Everything about a customer that the profile shows; what counts bookings is as of the last refresh.
 *
 * @param own only for a customer of this provider, with what is between the two; null for everything
 * @throws Problem 'not_found'
 */
export async function readCustomer(db: Database, externalId: string, own: number | null = null): Promise<Profile> {
  const id = await knownCustomer(db, externalId, own)
  const [row] = await rows<ProfileRow>(
    db,
    `SELECT ${SUMMARY_COLUMNS}, c.phone, c.birthdate, c.language, c.country, c.joined_at, c.attributes,
       c.automatic_status, c.status_by_hand, c.status_set_at, c.status_set_by, c.status_automation_id,
       CAST(COALESCE(r.attended, 0) AS SIGNED) AS attended, r.first_booking_at, r.last_booking_at, r.next_booking_at
     FROM customers c LEFT JOIN relationships r ON r.provider_id = ? AND r.customer_id = c.id WHERE c.id = ?`,
    [own ?? 0, id],
  )
  if (row === undefined) throw new Error(`Customer ${id} went away while it was read`)
  const [summary] = await summaries(db, [row])
  const { username, first_name, last_name, phone, birthdate, language, country, joined_at } = row
  const { attended, first_booking_at, last_booking_at, next_booking_at } = row
  return {
    ...(summary as Summary),
    ...{ username, first_name, last_name, phone, birthdate, language, country, joined_at },
    ...{ attended, first_booking_at, last_booking_at, next_booking_at },
    attributes: fromJson<Profile['attributes']>(row.attributes) ?? {},
    consents: await consentsOf(db, id),
    suppressions: await suppressionsOf(db, id, own),
    paid: await paidBy(db, id, own),
    status_set: setBy(row),
    automatic_status: row.automatic_status,
    status_change: await lastStatusChange(db, id),
    memberships: await membershipsOf(db, id),
  }
}

async function consentsOf(db: Database, id: number): Promise<Profile['consents']> {
  const found = await rows<{ channel: Channel; given: number; at: Date; source: string }>(
    db,
    'SELECT channel, given, at, source FROM consents WHERE customer_id = ?',
    [id],
  )
  return Object.fromEntries(
    found.map(({ channel, given, at, source }) => [channel, { given: given === 1, at, source }]),
  )
}

/** What the whole business was told concerns each of its providers. */
function suppressionsOf(db: Database, id: number, own: number | null): Promise<Profile['suppressions']> {
  return rows(
    db,
    `SELECT s.channel, p.external_id AS provider, s.kind, s.reason, s.created_at AS since
     FROM suppressions s LEFT JOIN providers p ON p.id = s.provider_id
     WHERE s.customer_id = ? AND (? IS NULL OR s.provider_id IN (0, ?))
     ORDER BY s.created_at, s.provider_id, s.channel, s.kind`,
    [id, own, own],
  )
}

const setBy = (row: ProfileRow): Profile['status_set'] =>
  row.status_by_hand === 1 && row.status_set_at !== null
    ? { at: row.status_set_at, by: row.status_set_by, automation: row.status_automation_id }
    : null

async function lastStatusChange(db: Database, id: number): Promise<StatusOrigin | null> {
  const [found] = await rows<StatusOrigin>(
    db,
    `SELECT at, from_status AS \`from\`, cause, rule_id AS rule, changed_by AS \`by\`
     FROM status_changes WHERE customer_id = ? ORDER BY at DESC, id DESC LIMIT 1`,
    [id],
  )
  return found ?? null
}

async function paidBy(db: Database, id: number, own: number | null): Promise<number> {
  const [row] = await rows<{ paid: number | string | null }>(
    db,
    'SELECT SUM(amount) AS paid FROM payments WHERE customer_id = ? AND deleted = 0 AND (? IS NULL OR provider_id = ?)',
    [id, own, own],
  )
  return Number(row?.paid ?? 0)
}

async function membershipsOf(db: Database, id: number): Promise<Membership[]> {
  const found = await rows<Omit<Membership, 'recurring'> & { recurring: number }>(
    db,
    `SELECT external_id AS id, type, valid_from, valid_to, cancelled_on AS cancelled_at, recurring
     FROM memberships WHERE customer_id = ? AND deleted = 0 ORDER BY valid_from DESC, memberships.id DESC`,
    [id],
  )
  return found.map((membership) => ({ ...membership, recurring: membership.recurring === 1 }))
}
