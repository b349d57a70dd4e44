import { type Database, rows } from '../../database.ts'
import { Problem } from '../../errors.ts'
import { readSegment, type Segment } from '../readSegments.ts'

/**
 * One segment, held to the end of the transaction: nobody changes it between the reading and the writing.
 *
 * @throws Problem 'not_found'
 */
export async function lockSegment(trx: Database, key: string): Promise<Segment> {
  // keys are ASCII: other text would not compare
  const isPossible = /^[\x20-\x7e]*$/.test(key)
  const held = isPossible ? await rows(trx, 'SELECT id FROM segments WHERE `key` = ? FOR UPDATE', [key]) : []
  if (held.length === 0) throw new Problem('not_found', `There is no segment “${key}”.`)
  return readSegment(trx, key)
}
