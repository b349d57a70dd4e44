import type { Database } from '../database.ts'
import type { StatusChange } from '../statuses/readStatusChanges.ts'
import { noteEvents, wantedOf } from './noteEvents.ts'

const NEWS: ReadonlySet<string> = new Set(['event', 'time', 'by_hand'])

/** Whether anybody wants to know whose status changes. */
export const areStatusesWanted = async (trx: Database): Promise<boolean> =>
  (await wantedOf(trx, ['status.changed'])).size > 0

/** Notes changes of statuses, for endpoints, in the transaction in which they are made. */
export const noteStatuses = (trx: Database, changes: readonly StatusChange[], now: Date): Promise<void> =>
  noteEvents(
    trx,
    changes
      .filter(({ cause }) => NEWS.has(cause))
      .map(({ customer, from, to, cause, rule, automation }) => ({
        type: 'status.changed',
        customerId: customer,
        providerId: 0,
        data: { from, to, cause, rule, automation },
      })),
    now,
  )
