import { type Database, execute, fromJson, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { transact } from '../retry.ts'
import { noteAct } from './acts.ts'
import type { AbTest, Variant } from './choices.ts'
import { AWAITS_WINNER } from './queueDeliveries.ts'

/** What became of one of two messages so far. */
export type VariantResult = { opened: number; clicked: number }
export type AbResult = Record<Variant, VariantResult>

type Row = {
  state: string
  ab_test: string | null
  ab_sizes: string | null
  ab_decide_at: Date | null
  ab_winner: Variant | null
}

const lock = async (trx: Database, campaign: number): Promise<(Row & { abTest: AbTest | null }) | null> => {
  const sql = 'SELECT state, ab_test, ab_sizes, ab_decide_at, ab_winner FROM campaigns WHERE id = ? FOR UPDATE'
  const [row] = await rows<Row>(trx, sql, [campaign])
  return row === undefined ? null : { ...row, abTest: fromJson<AbTest>(row.ab_test) }
}

/** Opens and clicks of the two messages, as they are now. */
export async function readAbResult(db: Database, campaign: number): Promise<AbResult> {
  const found = await rows<VariantResult & { variant: Variant }>(
    db,
    `SELECT variant, COUNT(opened_at) AS opened, COUNT(clicked_at) AS clicked FROM deliveries
     WHERE campaign_id = ? AND (opened_at IS NOT NULL OR clicked_at IS NOT NULL) AND variant IS NOT NULL
     GROUP BY variant`,
    [campaign],
  )
  const of = (variant: Variant): VariantResult => {
    const row = found.find((one) => one.variant === variant)
    return { opened: row?.opened ?? 0, clicked: row?.clicked ?? 0 }
  }
  return { a: of('a'), b: of('b') }
}

/**
 * Goes on with a comparison whose messages are out: the first time it notes when the clicks decide, then, when that time
 * has come, it decides. Does nothing for one that is decided, by hand, or whose campaign is not sending.
 */
export async function decideByClicks(db: Database, campaign: number, now: Date): Promise<void> {
  await transact(db, async (trx) => {
    const row = await lock(trx, campaign)
    if (row === null || row.state !== 'sending' || row.abTest?.decide !== 'clicks' || row.ab_winner !== null) return
    if (row.ab_decide_at === null) {
      const at = new Date(now.getTime() + (row.abTest.after_minutes ?? 0) * 60_000)
      await execute(trx, 'UPDATE campaigns SET ab_decide_at = ? WHERE id = ?', [at, campaign])
      return
    }
    if (row.ab_decide_at > now) return
    const result = await readAbResult(trx, campaign)
    const sizes = fromJson<Record<Variant, number>>(row.ab_sizes) ?? { a: 0, b: 0 }
    // of two that do equally well the first one is kept
    const winner = result.b.clicked * sizes.a > result.a.clicked * sizes.b ? 'b' : 'a'
    await decide(trx, campaign, { winner, result, by: null }, now)
  })
}

/**
 * Decides a comparison by hand, also before its time.
 *
 * @throws Problem `not_found`; `conflict` when the campaign compares nothing, isn't under way, or it is decided already
 */
export async function chooseWinner(
  db: Database,
  campaign: number,
  { winner, by }: { winner: Variant; by: string | null },
  now: Date,
): Promise<void> {
  await transact(db, async (trx) => {
    const row = await lock(trx, campaign)
    if (row === null) throw new Problem('not_found', `There is no campaign ${campaign}`)
    if (row.abTest === null) throw new Problem('conflict', 'The campaign has one message; there is nothing to decide')
    if (row.ab_winner === winner) return
    if (row.ab_winner !== null) throw new Problem('conflict', `It is decided: message ${row.ab_winner} has won`)
    if (row.state !== 'sending' && row.state !== 'paused') {
      throw new Problem('conflict', `The campaign is ${row.state}; a winner is chosen while it is being sent`)
    }
    if (row.ab_sizes === null) throw new Problem('conflict', 'Nothing of the campaign was sent yet')
    await decide(trx, campaign, { winner, result: await readAbResult(trx, campaign), by }, now)
  })
}

async function decide(
  trx: Database,
  campaign: number,
  { winner, result, by }: { winner: Variant; result: AbResult; by: string | null },
  now: Date,
): Promise<void> {
  await execute(
    trx,
    'UPDATE campaigns SET ab_winner = ?, ab_result = ?, ab_decided_at = ?, ab_decided_by = ? WHERE id = ?',
    [winner, JSON.stringify(result), now, by, campaign],
  )
  await noteAct(trx, campaign, { act: 'winner_chosen', at: now, by, detail: { winner, result } })
}

const CHUNK = 10_000

/** Lets those go who waited for the winner, in chunks, so that no lock is held for long; spread where they are to be. */
export async function releaseRest(db: Database, campaign: number, now: Date): Promise<void> {
  let released: number
  do {
    released = await transact(db, (trx) => releaseChunk(trx, campaign, now))
  } while (released === CHUNK)
}

async function releaseChunk(trx: Database, campaign: number, now: Date): Promise<number> {
  const sql = 'SELECT state, ab_winner, spread_minutes, seed FROM campaigns WHERE id = ? LOCK IN SHARE MODE'
  const [row] = await rows<{ state: string; ab_winner: Variant | null; spread_minutes: number | null; seed: string }>(
    trx,
    sql,
    [campaign],
  )
  if (row?.state !== 'sending' || row.ab_winner === null) return 0
  const over = (row.spread_minutes ?? 0) * 60_000_000
  return execute(
    trx,
    `UPDATE deliveries SET variant = ?,
       template_id = IF(? = 'b',
         (SELECT w.template_id FROM campaign_variants w WHERE w.campaign_id = deliveries.campaign_id AND w.variant = 'b'),
         (SELECT t.template_id FROM campaigns t WHERE t.id = deliveries.campaign_id)),
       due_at = TIMESTAMPADD(MICROSECOND, FLOOR(CRC32(CONCAT(?, customer_id)) / 4294967296 * ?), CAST(? AS DATETIME(3)))
     WHERE campaign_id = ? AND state = 'queued' AND due_at = ? ORDER BY id LIMIT ${CHUNK}`,
    [row.ab_winner, row.ab_winner, row.seed, over, now, campaign, AWAITS_WINNER],
  )
}
