import { EVERYBODY } from '../../rules/compile/population.ts'
import { joined, plain, sql } from '../../rules/sql.ts'
import { type Database, rows } from '../database.ts'
import { momentAt } from '../segments/moment.ts'
import { readSurroundings } from '../segments/surroundings.ts'
import { decisionSql } from './decisionSql.ts'
import { requireStatusRules, type SentRules } from './requireStatusRules.ts'
import type { StatusRule, StatusRules } from './standardRules.ts'
import { STATUSES, type Status } from './status.ts'
import { activeRules } from './versions.ts'

/** So many customers would go from one status to another. */
export type Movement = { from: Status; to: Status; customers: number }

export type StatusPreview = {
  asOf: Date
  changes: Movement[]
  /** The same if everybody were decided about from the beginning. */
  anew: Movement[]
  /** For how many customers each rule holds, and for how many of them no other one that leads away from the same status. */
  rules: { id: string; matches: number; alone: number }[]
}

type Group = { status: Status; by_hand: number; decided: number; anew: number; customers: number } & Record<
  `m${number}` | `a${number}`,
  number
>

/**
 * Who would change if other status rules were saved, all numbers from the same customers in one statement. Those whose
 * status is set by hand don't.
 *
 * @throws Problem 'invalid' for wrong rules
 */
export async function previewStatuses(db: Database, sent: SentRules, now: Date): Promise<StatusPreview> {
  const rules = await requireStatusRules(db, sent)
  const moment = await momentAt(db, now)
  const decided = decisionSql(rules, {
    ...(await readSurroundings(db)),
    takenIn: new Set(),
    ...moment,
    population: EVERYBODY,
  })
  const sums = rules.rules.map((rule, at) => {
    const rivals = rivalsOf(rules, rule).map((other) => `w.h${other}`)
    const alone = [`w.h${at}`, ...rivals.map((rival) => `NOT ${rival}`)].join(' AND ')
    return plain(`, SUM(w.h${at}) AS m${at}, SUM(${alone}) AS a${at}`)
  })
  const statement = sql`
    SELECT w.status, w.by_hand, w.decided, w.anew, COUNT(*) AS customers ${joined(sums, ' ')}
    FROM (${decided}) w GROUP BY w.status, w.by_hand, w.decided, w.anew`
  const groups = await rows<Group>(db, statement.text, statement.values)
  const total = (name: `m${number}` | `a${number}`) => groups.reduce((sum, group) => sum + Number(group[name]), 0)
  return {
    asOf: now,
    changes: movements(groups, 'decided'),
    anew: movements(groups, 'anew'),
    rules: rules.rules.map(({ id }, at) => ({ id, matches: total(`m${at}`), alone: total(`a${at}`) })),
  }
}

/** The places of the other rules that are switched on and lead away from the same status in the same direction. */
function rivalsOf(rules: StatusRules, rule: StatusRule): number[] {
  const active = activeRules(rules)
  return rules.rules.flatMap((other, at) =>
    other !== rule && active.includes(other) && other.from === rule.from && isUp(other) === isUp(rule) ? [at] : [],
  )
}

const isUp = ({ from, to }: StatusRule): boolean => STATUSES.indexOf(to) > STATUSES.indexOf(from)

function movements(groups: readonly Group[], decided: 'decided' | 'anew'): Movement[] {
  const moving = new Map<string, Movement>()
  for (const group of groups) {
    const to = STATUSES[group[decided]]
    if (group.by_hand === 1 || to === undefined || to === group.status) continue
    const key = `${group.status} ${to}`
    const { customers } = moving.get(key) ?? { customers: 0 }
    moving.set(key, { from: group.status, to, customers: customers + Number(group.customers) })
  }
  const order = ({ from, to }: Movement) => STATUSES.indexOf(from) * STATUSES.length + STATUSES.indexOf(to)
  return [...moving.values()].sort((a, b) => order(a) - order(b))
}
