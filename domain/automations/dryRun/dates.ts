import type { Automation, CustomerDate } from '../../../rules/automations/automation.ts'
import { anniversaryFrom } from '../../../rules/automations/instants.ts'
import { stepsOf } from '../../../rules/automations/steps.ts'
import type { Day } from '../../../rules/time.ts'
import { type Database, rows } from '../../database.ts'
import type { Pair } from '../../segments/markDirty.ts'

/** One of a customer's dates from a day on; null for none. */
export type DateOf = (of: CustomerDate, pair: Pair, from: Day) => Day | null

/** The dates until which an automation waits, of some customers, as they are known now. */
export async function readDates(db: Database, automation: Automation, customers: readonly number[]): Promise<DateOf> {
  const asked = new Set(
    stepsOf(automation).flatMap(({ step }) => {
      if (!('wait_until' in step) || !('at_most' in step.wait_until)) return []
      return [step.wait_until.before ?? step.wait_until.after]
    }),
  )
  const read = <Row>(of: CustomerDate, sql: string): Promise<Row[]> =>
    asked.has(of) && customers.length > 0 ? rows<Row>(db, sql, [customers] as never) : Promise.resolve([])
  const born = new Map(
    (await read<{ id: number; birthdate: Day }>('birthday', BORN)).map((row) => [row.id, row.birthdate]),
  )
  const memberships = byCustomer(await read<End>('membership_end', MEMBERSHIPS))
  const rewards = byCustomer(await read<End>('reward_end', REWARDS))
  return (of, { customerId, providerId }, from) => {
    if (of === 'birthday') {
      const day = born.get(customerId)
      return day === undefined ? null : anniversaryFrom(day, from)
    }
    const all = (of === 'membership_end' ? memberships : rewards).get(customerId) ?? []
    const ends = all.filter((end) => providerId === 0 || end.provider_id === providerId).map(({ ends: day }) => day)
    const open = ends.includes(null)
    const later = ends.filter((day): day is Day => day !== null && day >= from).sort()
    if (of === 'reward_end') return later[0] ?? null
    return open ? null : (later.at(-1) ?? null)
  }
}

type End = { customer_id: number; provider_id: number | null; ends: Day | null }

const BORN = 'SELECT id, birthdate FROM customers WHERE id IN (?) AND birthdate IS NOT NULL'
const MEMBERSHIPS =
  'SELECT customer_id, provider_id, valid_to AS ends FROM memberships WHERE customer_id IN (?) AND deleted = 0'
const REWARDS =
  "SELECT customer_id, provider_id, valid_to AS ends FROM rewards WHERE customer_id IN (?) AND state = 'active'"

function byCustomer(ends: readonly End[]): Map<number, End[]> {
  const map = new Map<number, End[]>()
  for (const end of ends) map.set(end.customer_id, [...(map.get(end.customer_id) ?? []), end])
  return map
}
