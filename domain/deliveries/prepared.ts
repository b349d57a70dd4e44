import type { Settings } from '../settings/readSettings.ts'
import type { Outcome } from './channels/channel.ts'
import type { Claimed } from './claimBatch.ts'

/** A message that is ready for its recipient. */
export type Prepared = { messageId: string; send(): Promise<Outcome> }

/** Makes the messages of a batch; each entry throws its own error, so that one costs the others nothing. */
export type Preparer = (batch: readonly Claimed[], now: Date) => Promise<Map<number, () => Prepared>>

/** What messages are made with. */
export type Making = { settings: Settings; publicUrl: string; key: Buffer; answers: boolean }

/** One maker for each delivery of a batch. */
export function each(batch: readonly Claimed[], make: (delivery: Claimed) => Prepared): Map<number, () => Prepared> {
  return new Map(batch.map((delivery) => [delivery.id, () => make(delivery)]))
}
