import { type Database, execute, rows } from '../../database.ts'
import { Problem } from '../../errors.ts'
import { holdTimeZone } from '../../settings/holdTimeZone.ts'
import { mondayOf, startOfWeek, type Week, weekAfter, weekOf } from './week.ts'

/** Whose members a loyalty mailing goes to. */
export type Clientele = { providerId: number; segmentId: number }

/**
 * Takes the slot of the week in which a loyalty mailing is sent, in the transaction that makes its campaign: the unique
 * key of `loyalty_slots` lets one through, whatever is asked at once. One that the campaign has already is given back for
 * it. The time zone stays what it is until the transaction ends.
 *
 * @param sendsAt when it is sent
 * @throws Problem 'conflict' when the week has its mailing already, with `next_at` and `next_on`: when the next one may go
 */
export async function takeSlot(trx: Database, clientele: Clientele, campaign: number, sendsAt: Date): Promise<void> {
  const { providerId, segmentId } = clientele
  const timeZone = await holdTimeZone(trx)
  const week = weekOf(sendsAt, timeZone)
  await execute(trx, 'DELETE FROM loyalty_slots WHERE campaign_id = ?', [campaign])
  try {
    await execute(
      trx,
      'INSERT INTO loyalty_slots (provider_id, segment_id, week, campaign_id, sends_at) VALUES (?, ?, ?, ?, ?)',
      [providerId, segmentId, week, campaign, sendsAt],
    )
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ER_DUP_ENTRY') throw error
    throw await refusal(trx, clientele, week, timeZone)
  }
}

/**
 * Looks whether the slot of a week is free, without taking it.
 *
 * @throws Problem as {@link takeSlot}
 */
export async function requireSlot(db: Database, clientele: Clientele, sendsAt: Date, timeZone: string): Promise<void> {
  const week = weekOf(sendsAt, timeZone)
  if ((await takenWeeks(db, clientele, week)).has(week)) throw await refusal(db, clientele, week, timeZone)
}

/** The slots of weeks from one on that are taken, and by which campaigns. */
export async function takenWeeks(
  db: Database,
  { providerId, segmentId }: Clientele,
  from: Week,
): Promise<Map<Week, number>> {
  const taken = await rows<{ week: Week; campaign_id: number }>(
    db,
    'SELECT week, campaign_id FROM loyalty_slots WHERE provider_id = ? AND segment_id = ? AND week >= ?',
    [providerId, segmentId, from],
  )
  return new Map(taken.map(({ week, campaign_id }) => [week, campaign_id]))
}

/** The first week after one that is free. */
export function nextFree(taken: ReadonlyMap<Week, unknown>, after: Week): Week {
  let week = weekAfter(after)
  while (taken.has(week)) week = weekAfter(week)
  return week
}

async function refusal(db: Database, clientele: Clientele, week: Week, timeZone: string): Promise<Problem> {
  const next = nextFree(await takenWeeks(db, clientele, week), week)
  const day = mondayOf(next)
  const message = `This provider’s segment has its loyalty mailing of the week ${week} already; the next one may go on ${day}`
  return new Problem('conflict', message, [{ path: '/segment', message }], {
    next_at: startOfWeek(next, timeZone).toISOString(),
    next_on: day,
  })
}
