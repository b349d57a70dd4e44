import type { WebhookEvent } from '../../rules/webhooks/events.ts'
import { type Database, rows } from '../database.ts'
import type { Cause, Change } from '../segments/applyChanges.ts'
import { noteEvents, wantedOf } from './noteEvents.ts'

/** History loaded is not news (PRODUCT.md): what a first computation or a changed rule does is not told. */
const NEWS: ReadonlySet<Cause> = new Set(['event', 'time', 'by_hand'])

const TYPES = ['segment.entered', 'segment.left'] as const satisfies readonly WebhookEvent[]

/** Whether anybody wants to know who enters and leaves segments, and this is news. */
export const areTransitionsWanted = async (trx: Database, cause: Cause): Promise<boolean> =>
  NEWS.has(cause) && (await wantedOf(trx, TYPES)).size > 0

/** Notes who has entered and left segments, for endpoints, in the transaction in which they do. */
export async function noteTransitions(trx: Database, changes: readonly Change[], now: Date): Promise<void> {
  const news = changes.filter(({ cause }) => NEWS.has(cause))
  if (news.length === 0) return
  const wanted = await wantedOf(trx, TYPES)
  const telling = news.filter(({ entered }) => wanted.has(typeOf(entered)))
  if (telling.length === 0) return
  const found = await rows<{ id: number; key: string }>(trx, 'SELECT id, `key` FROM segments WHERE id IN (?)', [
    [...new Set(telling.map(({ segment }) => segment))],
  ])
  const keys = new Map(found.map(({ id, key }) => [id, key]))
  await noteEvents(
    trx,
    telling.map(({ segment, entered, customerId, providerId, cause, version }) => ({
      type: typeOf(entered),
      customerId,
      providerId,
      data: { segment: keys.get(segment) ?? null, cause, version },
    })),
    now,
  )
}

const typeOf = (entered: boolean) => (entered ? TYPES[0] : TYPES[1])
