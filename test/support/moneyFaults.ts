import { type Database, rows } from '../../domain/database.ts'

type Use = {
  booking_id: number
  reward_id: number
  price: number
  minutes: number
  discount: number
  standing: number | null
}
type Reward = {
  id: number
  kind: string
  amount: number | null
  percent: number | null
  ceiling: number | null
  minutes: number | null
  minutes_used: number
  state: string
}

/**
 * Counts all redemptions, rewards and the ledger again from the raw rows: each reward is used at most once, or for at most its
 * minutes, each booking has at most one, and the ledger says what was used.
 *
 * @returns what does not hold, in words; empty when all of it does
 */
export async function moneyFaults(db: Database): Promise<string[]> {
  return [...(await faultsOfUses(db)), ...(await faultsOfLedger(db))]
}

async function faultsOfUses(db: Database): Promise<string[]> {
  const faults: string[] = []
  const uses = await rows<Use>(db, 'SELECT * FROM redemptions ORDER BY id')
  const standing = uses.filter((use) => use.standing === 1)
  if (new Set(standing.map(({ booking_id }) => booking_id)).size !== standing.length) faults.push('a booking has two')
  for (const reward of await rows<Reward>(db, 'SELECT * FROM rewards')) {
    const own = standing.filter(({ reward_id }) => reward_id === reward.id)
    faults.push(...faultsOf(reward, own).map((fault) => `reward ${reward.id}: ${fault}`))
  }
  return faults
}

function faultsOf(reward: Reward, own: readonly Use[]): string[] {
  const faults: string[] = []
  const minutes = own.reduce((sum, use) => sum + use.minutes, 0)
  if (reward.minutes_used !== minutes) faults.push(`${reward.minutes_used} minutes used instead of ${minutes}`)
  const isUsed = reward.kind === 'voucher' ? own.length === 1 : minutes === reward.minutes
  if (reward.state !== (isUsed ? 'used' : 'active')) faults.push(`is ${reward.state}, used ${own.length} times`)
  if (reward.kind === 'free_minutes' && minutes > (reward.minutes ?? 0)) faults.push(`${minutes} minutes given`)
  if (reward.kind !== 'voucher') return faults
  if (own.length > 1) faults.push(`used ${own.length} times`)
  for (const { price, discount } of own) {
    const worth = reward.amount ?? Math.min(Math.floor((price * (reward.percent ?? 0)) / 100), reward.ceiling ?? 0)
    if (discount !== Math.min(worth, price)) faults.push(`took off ${discount} of ${price}, worth ${worth}`)
  }
  return faults
}

async function faultsOfLedger(db: Database): Promise<string[]> {
  const faults: string[] = []
  const uses = await rows<Use>(db, 'SELECT * FROM redemptions')
  const entries = await rows<{ id: number; reverses_id: number | null; sum: number; provider: number }>(
    db,
    `SELECT e.id, e.reverses_id, SUM(l.amount) AS sum, SUM(IF(l.account = 'provider', l.amount, 0)) AS provider
     FROM ledger_entries e JOIN ledger_lines l ON l.entry_id = e.id GROUP BY e.id, e.reverses_id`,
  )
  for (const { id, sum } of entries) if (sum !== 0) faults.push(`entry ${id} sums to ${sum}`)
  const written = entries.filter(({ reverses_id }) => reverses_id === null).length
  if (written !== uses.length) faults.push(`${written} entries for ${uses.length} uses`)
  const takenBack = uses.filter(({ standing }) => standing === null).length
  if (entries.length - written !== takenBack) faults.push(`${entries.length - written} reversals of ${takenBack}`)
  const charged = uses.reduce((sum, { standing, discount }) => sum + (standing === 1 ? discount : 0), 0)
  const booked = entries.reduce((sum, { provider }) => sum + provider, 0)
  if (booked !== -charged) faults.push(`providers are charged ${-booked} instead of ${charged}`)
  const sql = `SELECT b.id FROM bookings b JOIN redemptions q ON q.booking_id = b.id AND q.standing = 1
    WHERE b.state = 'cancelled'`
  for (const { id } of await rows<{ id: number }>(db, sql)) faults.push(`booking ${id} is cancelled and has a reward`)
  return faults
}
