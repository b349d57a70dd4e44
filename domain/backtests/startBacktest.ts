import type { Scope } from '../../rules/rule.ts'
import { type Database, execute, rows } from '../database.ts'
import { enqueueWorkflow } from '../outbox/enqueueWorkflow.ts'
import { providerInScope } from '../segments/providerInScope.ts'
import { requireRule } from '../segments/requireRule.ts'
import { BACKTEST } from '../temporal.ts'
import type { Backtest } from './backtest.ts'

/** How long one is kept that nobody has asked for again. */
const KEPT_DAYS = 30
const DAY = 86_400_000

export type BacktestRequest = {
  /** As it came: checked here. */
  rule: unknown
  scope?: Scope | undefined
  /** The caller's own id. */
  provider?: string | undefined
  days: number
}

/**
 * Begins to play a rule over the last days. The caller hands the outbox over afterwards.
 *
 * @param by who asked for it
 * @returns its id
 * @throws Problem 'invalid'
 */
export async function startBacktest(db: Database, request: BacktestRequest, by: string, now: Date): Promise<number> {
  const rule = await requireRule(db, request.rule)
  const scope = request.scope ?? 'business'
  const provider = (await providerInScope(db, request)) ?? null
  return db.transaction(async (trx) => {
    const id = await insertBacktest(trx, { kind: 'backtest', rule, scope, provider, days: request.days, by }, now)
    await enqueueWorkflow(trx, { workflowId: BACKTEST.id(id), workflowType: BACKTEST.type, args: [id] }, now)
    return id
  })
}

type NewBacktest = Pick<Backtest, 'kind' | 'rule' | 'scope' | 'provider' | 'days'> & {
  by: string | null
  segment?: { id: number; version: number }
}

/** Writes one down, running, and removes those that have grown old. */
export async function insertBacktest(trx: Database, made: NewBacktest, now: Date): Promise<number> {
  await execute(trx, 'DELETE FROM backtests WHERE asked_at < ?', [new Date(now.getTime() - KEPT_DAYS * DAY)])
  const { kind, rule, scope, provider, days, by, segment } = made
  await execute(
    trx,
    `INSERT INTO backtests
       (kind, segment_id, version, rule, scope, provider_id, days, asked_at, state, created_by)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'running', ?)`,
    [kind, segment?.id ?? null, segment?.version ?? null, JSON.stringify(rule), scope, provider, days, now, by],
  )
  const [row] = await rows<{ id: number }>(trx, 'SELECT LAST_INSERT_ID() AS id')
  if (row === undefined) throw new Error('Nothing was inserted')
  return Number(row.id)
}
