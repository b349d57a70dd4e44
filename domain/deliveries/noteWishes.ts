import { type Database, execute } from '../database.ts'

const WISHES = ['unsubscribed', 'complained'] as const

/** Notes on messages that their readers wanted no more because of them: reports count that without reading every event. */
export async function noteWishes(
  db: Database,
  events: readonly { type: string; delivery: number }[],
  at: Date,
): Promise<void> {
  for (const wish of WISHES) {
    const ids = events.flatMap(({ type, delivery }) => (type === wish ? [delivery] : []))
    if (ids.length === 0) continue
    await execute(db, `UPDATE deliveries SET ${wish}_at = COALESCE(${wish}_at, ?) WHERE id IN (?)`, [at, ids])
  }
}
