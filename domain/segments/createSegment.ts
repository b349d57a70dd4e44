import type { Scope } from '../../rules/rule.ts'
import { type Database, execute, rows } from '../database.ts'
import type { Recalculation } from './readSegments.ts'
import { requestRecompute } from './requestRecompute.ts'
import { requireRule } from './requireRule.ts'

export type NewSegment = {
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
 * @returns its key, made from the name
 * @throws Problem 'invalid' for a wrong rule
 */
export async function createSegment(db: Database, segment: NewSegment, by: string, now: Date): Promise<string> {
  const json = JSON.stringify(await requireRule(db, segment.rule))
  const { name, note = '', scope = 'business', recalculation = { mode: 'live' } } = segment
  return db.transaction(async (trx) => {
    const key = await freeKey(trx, name)
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
    await requestRecompute(trx, key, 1, now)
    return key
  })
}

const LONGEST_KEY = 50

/** “Très fidèles” becomes `tres-fideles`, or `tres-fideles-2` when that is taken. */
async function freeKey(trx: Database, name: string): Promise<string> {
  const ascii = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_KEY)
    .replace(/^-+|-+$/g, '')
  const base = ascii === '' ? 'segment' : ascii
  const taken = await rows<{ key: string }>(trx, 'SELECT `key` FROM segments WHERE `key` LIKE ? FOR UPDATE', [
    `${base}%`,
  ])
  const keys = new Set(taken.map(({ key }) => key))
  let key = base
  for (let number = 2; keys.has(key); number += 1) key = `${base}-${number}`
  return key
}
