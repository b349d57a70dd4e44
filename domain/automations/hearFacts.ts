import type { Database } from '../database.ts'
import type { Kind } from '../ingest/items.ts'
import type { Change, Row } from '../ingest/table.ts'
import { type Heard, hear } from './hear.ts'

/** Tells automations what ingested bookings and memberships say has happened, in the transaction that stores them. */
export async function hearFacts(trx: Database, kind: Kind, changes: readonly Change[], now: Date): Promise<void> {
  if (kind === 'bookings') await hear(trx, changes.flatMap(bookingHappenings), now)
  if (kind === 'memberships') await hear(trx, changes.flatMap(membershipHappenings), now)
}

const CAME_TO = {
  attended: 'booking_attended',
  no_show: 'booking_missed',
  cancelled: 'booking_cancelled',
} as const

/** Made when it is there for the first time and not cancelled, or no longer is; the rest when its state becomes that. */
function bookingHappenings({ before, after }: Change): Heard[] {
  const whose = partiesOf(after)
  if (whose === null) return []
  const was = before?.alive === true ? before.cells.state : null
  const is = after.cells.state
  if (is === was) return []
  const service = typeof after.cells.service === 'string' ? after.cells.service : null
  const happenings: Heard[] = []
  if ((was === null || was === 'cancelled') && is !== 'cancelled')
    happenings.push({ on: 'booking_made', ...whose, service })
  // one that arrives cancelled was nobody's news before
  const on = is === 'cancelled' && was === null ? undefined : CAME_TO[is as keyof typeof CAME_TO]
  if (on !== undefined) happenings.push({ on, ...whose, service })
  return happenings
}

function membershipHappenings({ before, after }: Change): Heard[] {
  const whose = partiesOf(after)
  const was = before?.alive === true ? before.cells.cancelled_on : null
  if (whose === null || after.cells.cancelled_on == null || was != null) return []
  const type = typeof after.cells.type === 'string' ? after.cells.type : null
  return [{ on: 'membership_cancelled', ...whose, type }]
}

function partiesOf({ alive, cells }: Row): { customerId: number; providerId: number } | null {
  const { customer_id: customer, provider_id: provider } = cells
  if (!alive || typeof customer !== 'number') return null
  return { customerId: customer, providerId: typeof provider === 'number' ? provider : 0 }
}
