import { EVERYBODY } from '../../rules/compile/population.ts'
import { compileRules, type Evaluation } from '../../rules/compile.ts'
import type { Scope } from '../../rules/rule.ts'
import type { Database } from '../database.ts'
import { Problem } from '../errors.ts'
import { countNodes, type NodeCount } from './countNodes.ts'
import { momentAt } from './moment.ts'
import { requireProvider } from './requireProvider.ts'
import { requireRule } from './requireRule.ts'
import { sampleOf } from './sampleOf.ts'
import { readSurroundings } from './surroundings.ts'

export type Preview = {
  count: number
  asOf: Date
  nodes: NodeCount[]
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

/**
 * Whom a rule would catch, with the number at each of its nodes, all from one statement, and a few of those caught.
 *
 * @throws Problem 'invalid'
 */
export async function previewRule(db: Database, request: PreviewRequest, now: Date): Promise<Preview> {
  const rule = await requireRule(db, request.rule)
  const scope = request.scope ?? 'business'
  if (scope === 'business' && request.provider !== undefined) {
    const message = 'A provider only goes with the scope "provider"'
    throw new Problem('invalid', message, [{ path: '/provider', message }])
  }
  const provider = request.provider === undefined ? undefined : await requireProvider(db, request.provider, '/provider')
  const moment = await momentAt(db, request.asOf ?? now)
  const surroundings = await readSurroundings(db)
  const compile = (range: { from: number; to: number }): Evaluation =>
    compileRules([rule], {
      scope,
      ...moment,
      ...surroundings,
      population: { kind: 'range', ...range, provider },
      source: request.asOf === undefined ? 'rollup' : 'raw',
    })
  const nodes = await countNodes(db, rule, compile(EVERYBODY))
  const count = nodes[0]?.yes ?? 0
  return { count, asOf: moment.now, nodes, sample: await sampleOf(db, rule, count, compile) }
}
