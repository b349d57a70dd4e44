import type { CompileOptions } from '../../rules/compile/options.ts'
import { compileRules } from '../../rules/compile.ts'
import { joined, plain, type Sql, sql } from '../../rules/sql.ts'
import type { StatusRule, StatusRules } from './standardRules.ts'
import { STATUSES } from './status.ts'
import { activeRules } from './versions.ts'

/**
 * What rules decide about customers, as one query. Somebody who has a status first goes down by every rule that leads down
 * from it and holds, then up by every rule that holds and leads to a status from which no rule would lead down again; of
 * several rules the first decides. So the answer is the same however often it is asked, and nobody goes down but by a rule
 * that says so.
 *
 * It selects `customer_id`, `status`, `by_hand` and `automatic` as they are stored, `decided` and `anew` (places in
 * {@link STATUSES}: what follows from the automatic status, and what would from being a lead), `by_rule` and `anew_rule`
 * (places among the rules, null where nothing changes), and `h0`, `h1`, …: whether each rule holds, switched on or not.
 */
export function decisionSql(rules: StatusRules, options: Omit<CompileOptions, 'scope' | 'source'>): Sql {
  const compiled = compileRules(
    rules.rules.map(({ rule }) => rule),
    { ...options, scope: 'business', source: 'rollup' },
    { flips: false },
  )
  const holds = rules.rules.map(({ rule }, index) => sql`(${compiled.holds(rule)}) AS ${plain(`h${index}`)}`)
  const found = sql`
    SELECT e.customer_id, k.status, k.status_by_hand AS by_hand, k.automatic_status AS automatic,
      FIELD(k.automatic_status, 'lead', 'customer', 'vip') - 1 AS place
      ${joined(
        holds.map((one) => sql`, ${one}`),
        ' ',
      )}
    FROM (${compiled.select} ${ONCE}) e STRAIGHT_JOIN customers k ON k.id = e.customer_id WHERE e.known ${ONCE}`
  const ways = new Ways(rules)
  const from = (place: Sql) =>
    plain(`CASE ${place.text} ${STATUSES.map((_, at) => `WHEN ${at} THEN ${ways.down(at, NONE)}`).join(' ')} END`)
  const decided = sql`SELECT f.*, ${from(plain('f.place'))} AS way, ${plain(ways.down(0, NONE))} AS anew_way
    FROM (${found}) f ${ONCE}`
  const reached = (way: string, otherwise: string) =>
    plain(`CASE d.${way} ${rules.rules.map(({ to }, at) => `WHEN ${at} THEN ${placeOf(to)}`).join(' ')}
      ELSE ${otherwise} END`)
  const target = (way: string, otherwise: string) =>
    rules.rules.length === 0 ? plain(otherwise) : reached(way, otherwise)
  return sql`SELECT d.*, ${target('way', 'd.place')} AS decided, ${target('anew_way', '0')} AS anew,
      NULLIF(d.way, -1) AS by_rule, NULLIF(d.anew_way, -1) AS anew_rule
    FROM (${decided}) d`
}

/** No rule: in the place of a rule's. */
const NONE = -1

/** Makes the database keep a derived table: merged into the query around it, every use would compute its columns again. */
const ONCE = plain('LIMIT 9223372036854775807')

const placeOf = (status: StatusRule['from']): number => STATUSES.indexOf(status)

/** The ways from a status, as SQL for the place of the rule that is used last. */
class Ways {
  readonly #rules: readonly (StatusRule & { at: number })[]

  constructor(rules: StatusRules) {
    const active = new Set(activeRules(rules))
    this.#rules = rules.rules.flatMap((rule, at) => (active.has(rule) ? [{ ...rule, at }] : []))
  }

  #from(place: number, direction: 'up' | 'down') {
    return this.#rules.filter(({ from, to }) => {
      if (placeOf(from) !== place) return false
      return direction === 'up' ? placeOf(to) > place : placeOf(to) < place
    })
  }

  /** First down, then up. */
  down(place: number, last: number): string {
    const steps = this.#from(place, 'down')
    const then = this.#up(place, last)
    if (steps.length === 0) return then
    return `CASE ${steps.map(({ at, to }) => `WHEN f.h${at} THEN ${this.down(placeOf(to), at)}`).join(' ')} ELSE ${then} END`
  }

  #up(place: number, last: number): string {
    const steps = this.#from(place, 'up')
    if (steps.length === 0) return String(last)
    const tried = steps.map(({ at, to }) => {
      const back = this.#from(placeOf(to), 'down').map((rule) => `NOT f.h${rule.at}`)
      return `WHEN ${[`f.h${at}`, ...back].join(' AND ')} THEN ${this.#up(placeOf(to), at)}`
    })
    return `CASE ${tried.join(' ')} ELSE ${last} END`
  }
}
