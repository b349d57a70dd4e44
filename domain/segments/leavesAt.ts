import { isForeseeable } from '../../rules/foreseeable.ts'
import type { Database } from '../database.ts'
import { type AtOptions, evaluateAt } from './evaluateAt.ts'
import { momentAt } from './moment.ts'
import type { Segment } from './readSegments.ts'
import { nextRecalculation } from './recalculation/nextRecalculation.ts'
import { readSurroundings } from './surroundings.ts'

/** How many moments are looked at for one page of members. */
const LOOKS = 120

/**
 * When time alone takes members out of a segment if nothing else happens: the rule is evaluated at each moment at which
 * it may change, until it does. Members who stay, or for whom that many moments did not tell, are left out; all of them
 * where the rule depends on others. They leave when the segment is recalculated, and by themselves never where only
 * somebody says when that is.
 */
export async function leavesAt(
  db: Database,
  segment: Pick<Segment, 'rule' | 'scope' | 'recalculation'>,
  providerId: number,
  customers: readonly number[],
  now: Date,
): Promise<Map<number, Date>> {
  const leave = new Map<number, Date>()
  const { mode } = segment.recalculation
  if (customers.length === 0 || mode === 'by_hand') return leave
  const { timeZone } = await momentAt(db, now)
  const surroundings = await readSurroundings(db)
  const { rule, scope } = segment
  if (!isForeseeable(rule, scope, surroundings.segments)) return leave
  const base = { rule, scope, timeZone, surroundings, placed: false }
  const provider = providerId === 0 ? undefined : providerId
  const look = (picked: readonly number[], at: Date) => {
    const options: AtOptions = { ...base, population: { kind: 'picked', customers: picked, provider } }
    return evaluateAt(db, options, at)
  }
  /** When the clock next recalculates the segment, at that moment or after it. */
  const noticed = (at: Date) => nextRecalculation(segment.recalculation, new Date(at.getTime() - 1), timeZone) ?? at
  /** Who is to be looked at next, by the moment: many share a midnight. */
  const agenda = new Map<number, number[]>()
  const note = (customer: number, at: Date | null) => {
    if (at !== null) agenda.set(at.getTime(), [...(agenda.get(at.getTime()) ?? []), customer])
  }
  for (const seen of await look(customers, now)) {
    if (seen.holds[0]) note(seen.customerId, seen.next)
    else if (mode !== 'live') leave.set(seen.customerId, noticed(now))
  }
  for (let looks = 0; looks < LOOKS && agenda.size > 0; looks += 1) {
    const time = Math.min(...agenda.keys())
    const at = new Date(time)
    const picked = agenda.get(time) ?? []
    agenda.delete(time)
    for (const seen of await look(picked, at)) {
      if (seen.holds[0] && seen.known) note(seen.customerId, seen.next)
      else leave.set(seen.customerId, mode === 'live' ? at : noticed(at))
    }
  }
  return leave
}
