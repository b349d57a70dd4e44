import { EVERYBODY } from '../../../rules/compile/population.ts'
import { compileRules, type Evaluation } from '../../../rules/compile.ts'
import type { Rule, Scope } from '../../../rules/rule.ts'
import { joined, plain, type Sql, sql } from '../../../rules/sql.ts'
import { type Database, rows } from '../../database.ts'
import { Problem } from '../../errors.ts'
import { caughtPage, type Listed, readPlace } from '../caughtPage.ts'
import { firstCaught } from '../firstCaught.ts'
import { momentAt } from '../moment.ts'
import { providerInScope } from '../providerInScope.ts'
import { requireRule } from '../requireRule.ts'
import { readSurroundings } from '../surroundings.ts'
import { overridesIn } from './overridesIn.ts'

/** Two rules as they came, and for whom they are compared. */
type ToCompare = {
  before: unknown
  after: unknown
  scope?: Scope | undefined
  provider?: string | undefined
  /** The segment whose rules they are: those decided about by hand neither enter nor leave it. */
  segment?: string | undefined
}

const MOVES = ['entered', 'left', 'stay'] as const
/** What another rule does to a customer. */
type Move = (typeof MOVES)[number]

type Comparison = {
  before: Rule
  after: Rule
  counts: Record<Move, number>
  /** A few of each. */
  sample: Record<Move, Listed[]>
}

const SAMPLE = 10

/** Two checked rules, compiled together for a range of customers' ids, and who makes a move by them. */
type Comparer = {
  before: Rule
  after: Rule
  within(range: { from: number; to: number }): Evaluation
  moves(move: Move): (evaluation: Evaluation) => Sql
}

/**
 * Who would enter and leave if one rule took the place of another, with a few of each; both rules are evaluated in one
 * statement.
 *
 * @throws Problem 'invalid'; 'not_found' for an unknown segment
 */
export async function compareMembers(db: Database, request: ToCompare, now: Date): Promise<Comparison> {
  const { before, after, within, moves } = await readComparison(db, request, now)
  const evaluation = within(EVERYBODY)
  const sums = MOVES.map((move) => sql`COALESCE(SUM(${moves(move)(evaluation)}), 0) AS ${plain(`n_${move}`)}`)
  const statement = sql`SELECT ${joined(sums, ', ')} FROM (${evaluation.select}) e WHERE e.known`
  const [row] = await rows<Record<string, number>>(db, statement.text, statement.values)
  const count = (move: Move) => Number(row?.[`n_${move}`] ?? 0)
  const some = async (move: Move) => {
    const found = await firstCaught(db, within, moves(move), Math.min(SAMPLE, count(move)))
    return (await caughtPage(db, found, SAMPLE)).items
  }
  return {
    before,
    after,
    counts: { entered: count('entered'), left: count('left'), stay: count('stay') },
    sample: { entered: await some('entered'), left: await some('left'), stay: await some('stay') },
  }
}

/**
 * The customers of one move, part by part.
 *
 * @throws Problem 'invalid'
 */
export async function customersMoved(
  db: Database,
  request: ToCompare,
  move: Move,
  page: { limit: number; cursor?: string | undefined },
  now: Date,
): Promise<{ items: Listed[]; next: string | null }> {
  const after = readPlace(page.cursor)
  const { within, moves } = await readComparison(db, request, now)
  return caughtPage(db, await firstCaught(db, within, moves(move), page.limit + 1, after), page.limit)
}

async function readComparison(db: Database, request: ToCompare, now: Date): Promise<Comparer> {
  const before = await requireAt(db, request.before, '/before', undefined)
  const after = await requireAt(db, request.after, '/after', request.segment)
  const scope = request.scope ?? 'business'
  const provider = await providerInScope(db, request)
  const byHand = await overridesIn(db, request.segment)
  const moment = await momentAt(db, now)
  const surroundings = await readSurroundings(db)
  const within = (range: { from: number; to: number }) =>
    compileRules([before, after], {
      scope,
      ...moment,
      ...surroundings,
      population: { kind: 'range', ...range, provider },
      source: 'rollup',
    })
  const moves = (move: Move) => (evaluation: Evaluation) => {
    const was = byHand(evaluation.holds(before))
    const is = byHand(evaluation.holds(after))
    if (move === 'stay') return sql`(${was} AND ${is})`
    return move === 'entered' ? sql`(${is} AND NOT ${was})` : sql`(${was} AND NOT ${is})`
  }
  return { before, after, moves, within }
}

/** {@link requireRule} for a rule that stands somewhere else in the request. */
async function requireAt(db: Database, json: unknown, at: string, own: string | undefined): Promise<Rule> {
  try {
    return await requireRule(db, json, own)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const moved = error.mistakes.map(({ path, message }) => ({ path: path.replace(/^\/rule/, at), message }))
    throw new Problem(error.code, error.message.replace(/^\/rule/, at), moved)
  }
}
