import { joined, plain, sql } from '../../rules/sql.ts'
import { type Database, rows } from '../database.ts'
import { insertRows } from '../insertRows.ts'
import type { Cause } from '../segments/applyChanges.ts'
import type { Moment } from '../segments/moment.ts'
import type { Surroundings } from '../segments/surroundings.ts'
import { applyDecisions } from './applyDecisions.ts'
import { decisionSql } from './decisionSql.ts'
import { STATUSES } from './status.ts'
import { activeRules, type StatusVersion } from './versions.ts'

type Decision = { customer: number; place: number; rule: string | null; version: number }

/**
 * Decides about the status of the customers in `refresh_scope`, in the transaction of a refresh whose rollup is right and
 * whose segments that status rules ask for are. Each is decided about by the version that has come to them.
 *
 * @param causeOf why each change comes about; it is asked after `heed` was told of whom there are changes
 */
export async function decideListed(
  trx: Database,
  versions: readonly StatusVersion[],
  { surroundings, moment }: { surroundings: Surroundings; moment: Moment },
  { heed, causeOf }: { heed(customers: number[]): Promise<void>; causeOf(customer: number): Cause },
): Promise<void> {
  const decisions: Decision[] = []
  let above = 0
  for (const version of versions) {
    const upTo = version.computed ? Number.MAX_SAFE_INTEGER : version.computedTo
    if (upTo <= above) continue
    decisions.push(...(await decisionsOf(trx, version, { above, upTo }, { surroundings, moment })))
    above = upTo
  }
  if (decisions.length === 0) return
  await heed(decisions.map(({ customer }) => customer))
  await insertRows(
    trx,
    'status_decisions',
    ['customer_id', 'status', 'cause', 'rule_id', 'version'],
    decisions.map(({ customer, place, rule, version }) => [
      customer,
      STATUSES[place] ?? 'lead',
      causeOf(customer),
      rule,
      version,
    ]),
  )
  await applyDecisions(trx, moment.now)
}

async function decisionsOf(
  trx: Database,
  version: StatusVersion,
  { above, upTo }: { above: number; upTo: number },
  { surroundings, moment }: { surroundings: Surroundings; moment: Moment },
): Promise<Decision[]> {
  const rules = activeRules(version)
  if (rules.length === 0) return []
  const decided = decisionSql(
    { ...version, rules },
    { ...surroundings, takenIn: new Set(), ...moment, population: { kind: 'listed' } },
  )
  const statement = sql`
    SELECT w.customer_id, w.decided, w.by_rule FROM (${decided}) w
    WHERE w.customer_id > ${above} AND w.customer_id <= ${upTo} AND ${DIFFERS}`
  const found = await rows<{ customer_id: number; decided: number; by_rule: number | null }>(
    trx,
    statement.text,
    statement.values,
  )
  return found.map(({ customer_id, decided: place, by_rule }) => ({
    customer: customer_id,
    place,
    rule: by_rule === null ? null : (rules[by_rule]?.id ?? null),
    version: version.version,
  }))
}

/** The name of a status that is said by its place. */
export const named = (place: string) =>
  sql`ELT(${plain(place)} + 1, ${joined(
    STATUSES.map((status) => sql`${status}`),
    ', ',
  )})`

/** Where what was decided is not what is stored. */
const DIFFERS = sql`(w.automatic <> ${named('w.decided')} OR NOT w.by_hand AND w.status <> ${named('w.decided')})`
