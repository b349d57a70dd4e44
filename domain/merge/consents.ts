import { type ConsentChannel, insertConsentEvents } from '../consents/setConsent.ts'
import { type Database, execute, rows } from '../database.ts'
import { remember } from '../history/remember.ts'
import type { PartyProfile, Side } from './fields.ts'
import type { Pair } from './pair.ts'

const CHANNELS: readonly ConsentChannel[] = ['email', 'sms', 'push']

/** What each has said about a channel, and what holds for the one they become: given, withdrawn, or unknown (null). */
export type MergedConsent = {
  channel: ConsentChannel
  stays: boolean | null
  goes: boolean | null
  result: boolean | null
  /** Whose word holds; null when neither's does. */
  from: Side | null
}

/**
 * What both have said: a withdrawal by either holds. What one has agreed to holds for the address that they agreed with: where
 * the other's address is kept, nobody knows. Only channels about which anything was said.
 */
export async function planConsents(
  db: Database,
  { stays, goes }: Pair,
  merged: PartyProfile,
): Promise<MergedConsent[]> {
  const found = await rows<{ customer_id: number; channel: ConsentChannel; given: number }>(
    db,
    'SELECT customer_id, channel, given FROM consents WHERE customer_id IN (?)',
    [[stays.id, goes.id]],
  )
  const said = (id: number, channel: ConsentChannel) => {
    const row = found.find((one) => one.customer_id === id && one.channel === channel)
    return row === undefined ? null : row.given === 1
  }
  return CHANNELS.flatMap((channel): MergedConsent[] => {
    const words = { stays: said(stays.id, channel), goes: said(goes.id, channel) }
    if (words.stays === null && words.goes === null) return []
    const kept = addressOf(merged, channel)
    const sides = ['stays', 'goes'] as const
    const withdrawn = sides.find((side) => words[side] === false)
    if (withdrawn !== undefined) return [{ channel, ...words, result: false, from: withdrawn }]
    const holds = sides.find(
      (side) => words[side] === true && addressOf({ stays, goes }[side].profile, channel) === kept,
    )
    return [{ channel, ...words, result: holds === undefined ? null : true, from: holds ?? null }]
  })
}

/** By what somebody is reached on a channel, in the form in which equal ones are equal. */
function addressOf({ email, phone }: PartyProfile, channel: ConsentChannel): string {
  if (channel === 'email') return email?.trim().toLowerCase() ?? ''
  return channel === 'sms' ? (phone?.replace(/[^\d+]/g, '') ?? '') : ''
}

/** Writes down what holds from now on; that it is so because of a merge is a line of the history, which has both pasts. */
export async function mergeConsents(
  trx: Database,
  { stays, goes }: Pair,
  consents: readonly MergedConsent[],
  by: string | null,
  now: Date,
): Promise<void> {
  for (const { channel, stays: said, result, from } of consents) {
    if (from === 'stays' || (said === null && result === null)) continue
    const sql = 'x.customer_id = ? AND x.channel = ?'
    await remember(trx, 'consents', { sql, bindings: [stays.id, channel] }, now)
    await execute(trx, 'DELETE FROM consents WHERE customer_id = ? AND channel = ?', [stays.id, channel])
    if (from === 'goes') {
      const move = 'UPDATE consents SET customer_id = ? WHERE customer_id = ? AND channel = ?'
      await execute(trx, move, [stays.id, goes.id, channel])
    }
    if (said === result) continue
    const line = { customerId: stays.id, channel, given: result, at: now, source: 'merge', wording: null }
    await insertConsentEvents(trx, [{ ...line, recordedBy: by }], now)
  }
  // what the other is known to have said stands in the history of words, which is moved; two pasts at once answer no rule
  for (const table of ['consents', 'consents_history']) {
    await execute(trx, `DELETE FROM ${table} WHERE customer_id = ?`, [goes.id])
  }
}
