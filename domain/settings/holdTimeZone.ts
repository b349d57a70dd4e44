import { type Database, rows } from '../database.ts'
import { readSettings } from './readSettings.ts'

/**
 * The business's time zone, which nobody can change before the transaction ends: what is written with local days must
 * not be overtaken by a change that writes all local days anew. Many transactions may hold it at once.
 */
export async function holdTimeZone(trx: Database): Promise<string> {
  const held = await select(trx)
  if (held !== undefined) return held
  await readSettings(trx)
  const made = await select(trx)
  if (made === undefined) throw new Error('The settings row could not be made')
  return made
}

async function select(trx: Database): Promise<string | undefined> {
  const [row] = await rows<{ time_zone: string }>(trx, 'SELECT time_zone FROM settings WHERE id = 1 LOCK IN SHARE MODE')
  return row?.time_zone
}
