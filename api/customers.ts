import { readCustomer } from '../domain/customers/readCustomer.ts'
import { segmentsOf, takenOutOf } from '../domain/customers/segmentsOf.ts'
import { setByHand } from '../domain/statuses/setByHand.ts'
import { callerName } from './callerName.ts'
import { getCustomer, getCustomerSegments, setCustomerStatus } from './contract/customers.ts'
import { ownProvider } from './ownProvider.ts'
import { type Route, route } from './server/route.ts'

const iso = (instant: Date | null): string | null => instant?.toISOString() ?? null

export const customerRoutes: Route[] = [
  route(getCustomer, async ({ params, caller, services }) => {
    const profile = await readCustomer(services.db, params.id, ownProvider(caller))
    return {
      ...profile,
      joined_at: iso(profile.joined_at),
      first_booking_at: iso(profile.first_booking_at),
      last_booking_at: iso(profile.last_booking_at),
      next_booking_at: iso(profile.next_booking_at),
      status_set: profile.status_set && { ...profile.status_set, at: profile.status_set.at.toISOString() },
      status_change: profile.status_change && { ...profile.status_change, at: profile.status_change.at.toISOString() },
      consents: Object.fromEntries(
        Object.entries(profile.consents).map(([channel, consent]) => [
          channel,
          { ...consent, at: consent.at.toISOString() },
        ]),
      ),
      suppressions: profile.suppressions.map((one) => ({ ...one, since: one.since.toISOString() })),
    }
  }),

  route(getCustomerSegments, async ({ params, caller, services }) => {
    const own = ownProvider(caller)
    const segments = await segmentsOf(services.db, params.id, services.now(), own)
    const takenOut = await takenOutOf(services.db, params.id, own)
    return {
      items: segments.map(({ since, leavesAt, ...one }) => ({
        ...one,
        since: since.toISOString(),
        ...(leavesAt === null ? {} : { leaves_at: leavesAt.toISOString() }),
      })),
      next: null,
      taken_out: takenOut.map((one) => ({ ...one, decided_at: one.decided_at.toISOString() })),
    }
  }),

  route(setCustomerStatus, async ({ body, caller, services }) => {
    const { customers, search, status, dry_run: dryRun } = body
    const whom = customers === undefined ? { search: search ?? {} } : { customers }
    const set = await setByHand(services.db, whom, { status, by: callerName(caller), dryRun }, services.now())
    if (set.act !== null) services.workflows.wakeSegments()
    return { ...set, act: set.act === null ? null : String(set.act) }
  }),
]
