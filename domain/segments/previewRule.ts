import { EVERYBODY, type Population } from '../../rules/compile/population.ts'
import { compileRules, type Evaluation } from '../../rules/compile.ts'
import type { Rule, Scope } from '../../rules/rule.ts'
import { type Database, rows } from '../database.ts'
import { surroundingsAsOf } from '../history/surroundingsAsOf.ts'
import { countNodes, type NodeCount } from './countNodes.ts'
import { firstCaught } from './firstCaught.ts'
import { type Moment, momentAt } from './moment.ts'
import { providerInScope } from './providerInScope.ts'
import { requireRule } from './requireRule.ts'
import { sampledCustomers } from './sampledCustomers.ts'
import { readSurroundings } from './surroundings.ts'

export type Preview = {
  count: number
  asOf: Date
  nodes: NodeCount[]
  sample: { id: string; name: string }[]
  /** The numbers are estimated from some of the customers. */
  estimated: boolean
}

/** A rule that nobody has stored, and for whom it is asked. */
export type RuleRequest = {
  /** As it came: checked here. */
  rule: unknown
  scope?: Scope | undefined
  provider?: string | undefined
  /** Another moment than now: a past one with the facts as they were known then, a future one as they are known now. */
  asOf?: Date | undefined
}

/** A rule that was checked, ready to be compiled for whomever. */
export type Asked = {
  rule: Rule
  moment: Moment
  compile(population: Counted): Evaluation
}

const SAMPLE = 10
const WORTH_PARTS = 50_000

type Counted = Exclude<Population, { kind: 'listed' | 'picked' }>

/**
 * Whom a rule would catch, with the number at each of its nodes, all from the same customers, and a few of those caught.
 *
 * @param sampled estimated from some of the customers, which is fast, and without a sample of those caught
 * @throws Problem 'invalid'
 */
export async function previewRule(
  db: Database,
  request: RuleRequest & { sampled?: boolean | undefined },
  now: Date,
): Promise<Preview> {
  const { rule, moment, compile } = await readRequest(db, request, now)
  const { population, share } = request.sampled ? await sampledCustomers(db) : { population: EVERYBODY, share: 1 }
  const nodes = await countNodes(db, rule, (await partsOf(db, population)).map(compile), share)
  const count = nodes[0]?.yes ?? 0
  const caught = request.sampled
    ? []
    : await firstCaught(
        db,
        (range) => compile({ kind: 'range', ...range }),
        ({ holds }) => holds(rule),
        Math.min(SAMPLE, count),
      )
  return { count, asOf: moment.now, nodes, sample: caught.map(({ id, name }) => ({ id, name })), estimated: share < 1 }
}

/** A population as parts that the database counts at the same time, where there are so many that it is worth it. */
async function partsOf(db: Database, population: Counted): Promise<Counted[]> {
  const [row] = await rows<{ last: number | null }>(db, 'SELECT MAX(id) AS last FROM customers')
  const last = row?.last ?? 0
  if (population.kind === 'sampled' || last < WORTH_PARTS) return [population]
  const middle = Math.floor(last / 2)
  return [
    { ...population, to: middle },
    { ...population, from: middle + 1 },
  ]
}

/**
 * Reads what a request asks for.
 *
 * @throws Problem 'invalid'
 */
export async function readRequest(db: Database, request: RuleRequest, now: Date): Promise<Asked> {
  const rule = await requireRule(db, request.rule)
  const scope = request.scope ?? 'business'
  const provider = await providerInScope(db, request)
  const moment = await momentAt(db, request.asOf ?? now)
  const source = request.asOf === undefined ? 'rollup' : request.asOf < now ? 'known' : 'raw'
  const surroundings = await (source === 'known' ? surroundingsAsOf(db, moment.now) : readSurroundings(db))
  return {
    rule,
    moment,
    compile: (population) =>
      compileRules(
        [rule],
        { scope, ...moment, ...surroundings, population: { ...population, provider }, source },
        { flips: false },
      ),
  }
}
