import { dayOf } from '../../rules/time.ts'
import { type Database, rows } from '../database.ts'
import { readSettings } from '../settings/readSettings.ts'
import type { Posting } from './addEntries.ts'

/**
 * What entries are written with now. Time zone and currency stay what they are until the transaction ends.
 *
 * @param by who does it; null for what follows by itself
 */
export async function postingNow(trx: Database, by: string | null, now: Date): Promise<Posting> {
  await rows(trx, 'SELECT id FROM settings WHERE id = 1 LOCK IN SHARE MODE')
  const { timeZone, currency } = await readSettings(trx)
  return { now, today: dayOf(now, timeZone), currency, by }
}
