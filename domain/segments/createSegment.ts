import { asKept } from '../../rules/recalculation.ts'
import type { Scope } from '../../rules/rule.ts'
import { type Database, execute, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { freeKey } from '../freeKey.ts'
import type { Recalculation } from './readSegments.ts'
import { schedule } from './recalculation/schedule.ts'
import { requestRecompute } from './requestRecompute.ts'
import { requireRule } from './requireRule.ts'
import { lockSegment } from './versions/lockSegment.ts'

export type NewSegment = {
  /** Its key; made from the name when left out. */
  id?: string | undefined
  name: string
  note?: string | undefined
  scope?: Scope | undefined
  /** As it came: checked here. */
  rule: unknown
  recalculation?: Recalculation | undefined
}

/**
 * Makes a segment; its members come when it has been computed, which the caller starts by handing over the outbox.
 *
 * @param by who makes it, for the list of versions
 * @returns its key
 * @throws Problem 'invalid' for a wrong rule; 'conflict' when its key is taken
 */
export async function createSegment(db: Database, segment: NewSegment, by: string, now: Date): Promise<string> {
  const json = JSON.stringify(await requireRule(db, segment.rule))
  const { name, note = '', scope = 'business' } = segment
  const recalculation = asKept(segment.recalculation ?? { mode: 'live' })
  return db.transaction(async (trx) => {
    const key =
      segment.id === undefined
        ? await freeKey(trx, 'segments', name, { nameless: 'segment', taken: NOT_KEYS })
        : await requireFree(trx, segment.id)
    await execute(
      trx,
      `INSERT INTO segments (\`key\`, name, note, scope, rule, version, recalculation, created_at, updated_at)
       VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?)`,
      [key, name, note, scope, json, JSON.stringify(recalculation), now, now],
    )
    await execute(
      trx,
      `INSERT INTO segment_versions (segment_id, version, rule, created_at, created_by)
       SELECT id, 1, rule, ?, ? FROM segments WHERE \`key\` = ?`,
      [now, by, key],
    )
    const made = await lockSegment(trx, key)
    await schedule(trx, made.id, recalculation, now)
    await requestRecompute(trx, key, 1, now)
    return key
  })
}

async function requireFree(trx: Database, key: string): Promise<string> {
  const taken = await rows(trx, 'SELECT 1 FROM segments WHERE `key` = ? FOR UPDATE', [key])
  if (taken.length === 0) return key
  const message = `There is a segment “${key}” already.`
  throw new Problem('conflict', message, [{ path: '/id', message }])
}

/** What the pages' addresses mean something else by. */
const NOT_KEYS = ['new']
