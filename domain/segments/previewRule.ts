import { compileRules, EVERYBODY } from '../../rules/compile.ts'
import { childrenOf, isAll, type Rule, type Scope } from '../../rules/rule.ts'
import { joined, plain, type Sql, sql } from '../../rules/sql.ts'
import { customerName, NAME_COLUMNS, type Named } from '../customers/name.ts'
import { type Database, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { momentAt } from './moment.ts'
import { requireRule } from './requireRule.ts'
import { requireProvider } from './segmentPairs.ts'
import { waitingProviders } from './waitingProviders.ts'

export type Preview = {
  count: number
  asOf: Date
  nodes: { path: string; in: number; yes: number; no: number }[]
  sample: { id: string; name: string }[]
}

export type PreviewRequest = {
  /** As it came: checked here. */
  rule: unknown
  scope?: Scope | undefined
  provider?: string | undefined
  /** Another moment than now, evaluated with the facts as they are known now. */
  asOf?: Date | undefined
}

const SAMPLE = 10

/**
 * Whom a rule would catch, with the number at each of its nodes, all from one statement, and a few of those caught.
 *
 * @throws Problem 'invalid'
 */
export async function previewRule(db: Database, request: PreviewRequest, now: Date): Promise<Preview> {
  const rule = requireRule(request.rule)
  const scope = request.scope ?? 'business'
  if (scope === 'business' && request.provider !== undefined) {
    const message = 'A provider only goes with the scope "provider"'
    throw new Problem('invalid', message, [{ path: '/provider', message }])
  }
  const provider = request.provider === undefined ? undefined : await requireProvider(db, request.provider, '/provider')
  const moment = await momentAt(db, request.asOf ?? now)
  const compiled = compileRules([rule], {
    scope,
    now: moment.now,
    today: moment.today,
    population: { ...EVERYBODY, provider },
    source: request.asOf === undefined ? 'rollup' : 'raw',
    waitingProviders: await waitingProviders(db),
  })
  const nodes = arrivals(rule, '', plain('1'), compiled.holds)
  const sums = nodes.flatMap(({ arrives, holds }, index) => [
    sql`SUM(${arrives}) AS ${plain(`i${index}`)}`,
    sql`SUM(${arrives} AND ${holds}) AS ${plain(`y${index}`)}`,
  ])
  const counting = sql`SELECT ${joined(sums, ', ')} FROM (${compiled.select}) e WHERE e.known`
  const [counts] = await rows<Record<string, number | null>>(db, counting.text, counting.values)
  const count = (name: string) => Number(counts?.[name] ?? 0)
  const sampling = sql`
    SELECT ${plain(NAME_COLUMNS)} FROM (
      SELECT e.customer_id FROM (${compiled.select}) e WHERE e.known AND ${compiled.holds(rule)} LIMIT ${SAMPLE}
    ) s JOIN customers c ON c.id = s.customer_id`
  const sample = count('y0') === 0 ? [] : await rows<Named>(db, sampling.text, sampling.values)
  return {
    count: count('y0'),
    asOf: moment.now,
    nodes: nodes.map(({ path }, index) => ({
      path,
      in: count(`i${index}`),
      yes: count(`y${index}`),
      no: count(`i${index}`) - count(`y${index}`),
    })),
    sample: sample.map((row) => ({ id: row.external_id, name: customerName(row) })),
  }
}

type Arrival = { path: string; arrives: Sql; holds: Sql }

/** Who arrives at each node: under `all` those whom the earlier parts let through, under `any` and `not` all who arrive. */
function arrivals(rule: Rule, path: string, arrives: Sql, holdsOf: (rule: Rule) => Sql): Arrival[] {
  const nodes: Arrival[] = [{ path, arrives, holds: holdsOf(rule) }]
  let through = arrives
  for (const child of childrenOf(rule, path)) {
    nodes.push(...arrivals(child.rule, child.path, through, holdsOf))
    if (isAll(rule)) through = sql`(${through} AND ${holdsOf(child.rule)})`
  }
  return nodes
}
