import { type Database, rows } from '../../domain/database.ts'
import { dayOf } from '../../rules/time.ts'

type Row = Record<string, unknown>

const PARTIES = `c.external_id AS customer, p.external_id AS provider`
const JOINS = 'JOIN customers c ON c.id = f.customer_id LEFT JOIN providers p ON p.id = f.provider_id'

/** The SELECT of each kind whose columns are the fields of its items. */
const SELECTS: Record<string, string> = {
  customers: `SELECT f.external_id AS id, f.email, f.first_name, f.gender, f.birthdate, f.joined_at, f.joined_on
    FROM customers f WHERE f.known = 1`,
  providers: 'SELECT f.external_id AS id, f.name FROM providers f WHERE f.known = 1',
  bookings: `SELECT f.external_id AS id, ${PARTIES}, f.service, f.starts_at, f.starts_on, f.minutes, f.price, f.state
    FROM bookings f ${JOINS} WHERE f.deleted = 0`,
  memberships: `SELECT f.external_id AS id, ${PARTIES}, f.recurring, f.valid_from, f.valid_to, f.cancelled_on AS cancelled_at
    FROM memberships f ${JOINS} WHERE f.deleted = 0`,
  payments: `SELECT f.external_id AS id, ${PARTIES}, f.amount, f.paid_at, f.paid_on FROM payments f ${JOINS} WHERE f.deleted = 0`,
  reviews: `SELECT f.external_id AS id, ${PARTIES}, f.rating, f.reviewed_at AS created_at FROM reviews f ${JOINS} WHERE f.deleted = 0`,
  interactions: `SELECT f.external_id AS id, ${PARTIES}, f.direction, f.at, f.happened_on FROM interactions f ${JOINS} WHERE f.deleted = 0`,
}
const DAYS = [
  ['joined_on', 'joined_at'],
  ['starts_on', 'starts_at'],
  ['paid_on', 'paid_at'],
  ['happened_on', 'at'],
] as const

/** What the database holds, in the form of the naive store; throws where a local day does not fit its instant. */
export async function readState(db: Database, timeZone: string): Promise<Record<string, Row>> {
  const state: Record<string, Row> = {}
  for (const [kind, select] of Object.entries(SELECTS)) {
    for (const { id, ...found } of await rows<Row>(db, select)) {
      for (const [day, instant] of DAYS) {
        const at = found[instant]
        if (at instanceof Date && found[day] !== dayOf(at, timeZone)) throw new Error(`${kind} ${String(id)}: ${day}`)
        delete found[day]
      }
      if ('recurring' in found) found.recurring = found.recurring === 1
      const fields = Object.entries(found).filter(([, value]) => value !== null)
      state[`${kind} ${String(id)}`] = Object.fromEntries(
        fields.map(([field, value]) => [field, value instanceof Date ? value.toISOString() : value]),
      )
    }
  }
  return state
}

/** Empties the tables of facts. */
export async function emptyFacts(db: Database): Promise<void> {
  const tables = ['interactions', 'reviews', 'payments', 'memberships', 'bookings', 'providers', 'customers']
  for (const table of [...tables, 'dirty_relationships']) await db(table).delete()
}
