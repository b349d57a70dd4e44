import { type Database, rows } from '../database.ts'
import type { Status } from '../statuses/status.ts'
import { type MergedConsent, planConsents } from './consents.ts'
import { planDeliveries } from './deliveries.ts'
import { type DoubleEnrolment, planEnrolments } from './enrolments.ts'
import { type Choices, mergedProfile, type PartyProfile, type Refused, refusedBy } from './fields.ts'
import type { Pair, Party } from './pair.ts'

/** What is counted of the one who goes, with the rows that count. */
const COUNTED = {
  bookings: 'bookings x WHERE x.deleted = 0 AND x.customer_id = ?',
  memberships: 'memberships x WHERE x.deleted = 0 AND x.customer_id = ?',
  payments: 'payments x WHERE x.deleted = 0 AND x.customer_id = ?',
  reviews: 'reviews x WHERE x.deleted = 0 AND x.customer_id = ?',
  interactions: 'interactions x WHERE x.deleted = 0 AND x.customer_id = ?',
  messages: 'deliveries x WHERE x.test = 0 AND x.customer_id = ?',
  rewards: 'rewards x WHERE x.customer_id = ?',
  notes: 'customer_notes x WHERE x.customer_id = ?',
  tags: `customer_tags x WHERE x.customer_id = ?
    AND NOT EXISTS (SELECT 1 FROM customer_tags o WHERE o.customer_id = ? AND o.tag = x.tag)`,
  suppressions: `suppressions x WHERE x.customer_id = ? AND NOT EXISTS (SELECT 1 FROM suppressions o
    WHERE o.customer_id = ? AND o.provider_id = x.provider_id AND o.channel = x.channel AND o.kind = x.kind)`,
  by_hand: `segment_overrides x WHERE x.customer_id = ? AND NOT EXISTS (SELECT 1 FROM segment_overrides o
    WHERE o.customer_id = ? AND o.segment_id = x.segment_id AND o.provider_id = x.provider_id)`,
  automations: "enrolments x WHERE x.state = 'active' AND x.customer_id = ?",
} as const

export const COUNTS = Object.keys(COUNTED) as (keyof typeof COUNTED)[]
export type Counts = Record<keyof typeof COUNTED, number>

/** All that a merge does, before it is done: the preview shows it, and the merge does it. */
export type Plan = {
  profile: PartyProfile
  refused: Refused | null
  status: Status
  /** Whose setting of the status holds; null when it follows the rules. */
  statusSet: Party['statusSet']
  consents: MergedConsent[]
  doubles: DoubleEnrolment[]
  /** Our ids of messages that are not sent, being the second of their campaign. */
  cancelled: number[]
  /** What the one who stays gets, in numbers. */
  counts: Counts
}

/**
 * What becomes of two customers who are one.
 *
 * @param hold keeps what is decided about until the transaction ends
 */
export async function planMerge(db: Database, pair: Pair, choices: Choices, hold = false): Promise<Plan> {
  const { stays, goes } = pair
  const profile = mergedProfile(stays.profile, goes.profile, choices)
  const decided = stays.statusSet === null && goes.statusSet !== null ? goes : stays
  return {
    profile,
    refused: refusedBy(stays.profile, profile),
    status: decided.status,
    statusSet: decided.statusSet,
    consents: await planConsents(db, pair, profile),
    doubles: await planEnrolments(db, pair),
    cancelled: await planDeliveries(db, pair, hold),
    counts: await countRows(db, pair),
  }
}

async function countRows(db: Database, { stays, goes }: Pair): Promise<Counts> {
  const parts = COUNTS.map((name) => `(SELECT COUNT(*) FROM ${COUNTED[name]}) AS ${name}`)
  const bindings = COUNTS.flatMap((name) => [goes.id, stays.id].slice(0, COUNTED[name].split('?').length - 1))
  const [row] = await rows<Counts>(db, `SELECT ${parts.join(', ')}`, bindings)
  if (row === undefined) throw new Error('Nothing was counted')
  return row
}
