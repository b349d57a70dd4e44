import { type Database, rows } from '../database.ts'
import type { Change } from '../segments/applyChanges.ts'
import { hear } from './hear.ts'

/** Tells automations who has entered and left segments, in the transaction in which they do. */
export async function hearTransitions(trx: Database, changes: readonly Change[], now: Date): Promise<void> {
  if (changes.length === 0) return
  const names = await listenedTo(trx)
  if (names.size === 0) return
  await hear(
    trx,
    changes.flatMap(({ segment, entered, providerId, customerId, cause }) => {
      const about = names.get(segment)
      if (about === undefined) return []
      return [{ on: entered ? 'enters_segment' : 'leaves_segment', about, providerId, customerId, cause } as const]
    }),
    now,
  )
}

/** The keys of the segments whose transitions somebody listens to, by our own ids. */
export async function listenedTo(trx: Database): Promise<Map<number, string>> {
  const found = await rows<{ id: number; key: string }>(
    trx,
    `SELECT DISTINCT s.id, s.\`key\` FROM automation_listeners l JOIN segments s ON s.\`key\` = l.about
     WHERE l.happening IN ('enters_segment', 'leaves_segment')`,
  )
  return new Map(found.map(({ id, key }) => [id, key]))
}
