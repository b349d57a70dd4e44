import { type Day, dayOf, startOfDay } from '../../rules/time.ts'
import type { Database } from '../database.ts'
import { readSettings } from '../settings/readSettings.ts'

/** One instant with the local day on which it falls: what a whole evaluation is done with. */
export type Moment = { readonly now: Date; readonly today: Day; readonly timeZone: string }

/** The moment of an instant in a time zone. */
export const momentIn = (timeZone: string, now: Date): Moment => ({ now, today: dayOf(now, timeZone), timeZone })

/** The moment of an instant in the business's time zone. */
export async function momentAt(db: Database, now: Date): Promise<Moment> {
  return momentIn((await readSettings(db)).timeZone, now)
}

/** The earlier of an instant and the beginning of a local day; null when there is neither. */
export function earlierOf(at: Date | null, on: Day | null, timeZone: string): Date | null {
  const day = on === null ? null : startOfDay(on, timeZone)
  if (at === null || day === null) return at ?? day
  return at < day ? at : day
}
