import type { Database } from '../database.ts'
import { noteEvents, wantedOf } from './noteEvents.ts'

/** From whom somebody gets nothing any more, or gets mail again. */
type Suppressed = { customerId: number; providerId: number; channel: string; kind: string; reason: string | null }

/** Notes who is not to be written to any more, or is again, for endpoints, in the transaction in which that is decided. */
export async function noteSuppressions(
  trx: Database,
  type: 'suppression.set' | 'suppression.lifted',
  those: readonly Suppressed[],
  now: Date,
): Promise<void> {
  if (those.length === 0 || (await wantedOf(trx, [type])).size === 0) return
  await noteEvents(
    trx,
    those.map(({ customerId, providerId, channel, kind, reason }) => ({
      type,
      customerId,
      providerId,
      data: { channel, kind, ...(reason === null ? {} : { reason }) },
    })),
    now,
  )
}
