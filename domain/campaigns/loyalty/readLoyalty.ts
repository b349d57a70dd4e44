import type { Day } from '../../../rules/time.ts'
import { type Database, rows } from '../../database.ts'
import { momentAt } from '../../segments/moment.ts'
import { listSegments, type Segment } from '../../segments/readSegments.ts'
import type { Series } from '../../segments/series.ts'
import type { Campaign } from '../readCampaigns.ts'
import { nextFree } from './slots.ts'
import { mondayOf, startOfWeek, type Week, weekAfter, weekOf } from './week.ts'

/** The campaign that has a week's slot. */
type Mailing = { id: number; name: string; state: Campaign['state']; sendAt: Date | null }

/** One of the provider's own segments, and whether its members can get the loyalty mailing of this week. */
type LoyaltySegment = Segment & {
  series: Series
  mailing: Mailing | null
  /** When the next one may go; null when one may go now. */
  next: { at: Date; on: Day } | null
}

export type Loyalty = {
  provider: { id: string; name: string }
  week: Week
  weekEndsAt: Date
  segments: LoyaltySegment[]
}

type Slot = { segment_id: number; week: Week; send_at: Date | null } & Pick<Mailing, 'id' | 'name' | 'state'>

/**
 * The segments that are evaluated for each provider, with one provider's customers counted and the slots of this week and
 * those to come.
 *
 * @param provider the caller's id
 * @throws Problem 'invalid' when there is no such provider
 */
export async function readLoyalty(db: Database, provider: string, now: Date): Promise<Loyalty> {
  const segments = (await listSegments(db, now, provider)).filter(({ scope }) => scope === 'provider')
  const { timeZone } = await momentAt(db, now)
  const week = weekOf(now, timeZone)
  const slots = Map.groupBy(await readSlots(db, provider, week), (slot) => slot.segment_id)
  return {
    provider: await named(db, provider),
    week,
    weekEndsAt: startOfWeek(weekAfter(week), timeZone),
    segments: segments.map((segment) => {
      const taken = new Map((slots.get(segment.id) ?? []).map((slot) => [slot.week, slot]))
      const slot = taken.get(week)
      if (slot === undefined) return { ...segment, mailing: null, next: null }
      const free = nextFree(taken, week)
      const next = { at: startOfWeek(free, timeZone), on: mondayOf(free) }
      return { ...segment, mailing: { id: slot.id, name: slot.name, state: slot.state, sendAt: slot.send_at }, next }
    }),
  }
}

const readSlots = (db: Database, provider: string, from: Week): Promise<Slot[]> =>
  rows<Slot>(
    db,
    `SELECT s.segment_id, s.week, m.id, m.name, m.state, m.send_at
     FROM loyalty_slots s JOIN providers p ON p.id = s.provider_id JOIN campaigns m ON m.id = s.campaign_id
     WHERE p.external_id = ? AND s.week >= ?`,
    [provider, from],
  )

async function named(db: Database, provider: string): Promise<{ id: string; name: string }> {
  const sql = 'SELECT external_id AS id, COALESCE(name, external_id) AS name FROM providers WHERE external_id = ?'
  const [row] = await rows<{ id: string; name: string }>(db, sql, [provider])
  return row ?? { id: provider, name: provider }
}
