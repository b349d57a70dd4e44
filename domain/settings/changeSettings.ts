import type { Knex } from 'knex'
import { moveSlots } from '../campaigns/loyalty/moveSlots.ts'
import { type Database, execute, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { addTerms } from '../ledger/terms.ts'
import { scheduleNight } from '../retention/periods.ts'
import { transact } from '../retry.ts'
import { scheduleAll } from '../segments/recalculation/schedule.ts'
import { moveDays } from './moveDays.ts'
import { readSettings, type Settings } from './readSettings.ts'

/** What to change; undefined leaves a setting as it is. */
export type SettingsChange = { [Name in keyof Settings]?: Settings[Name] | undefined }

const COLUMNS: Record<keyof Settings, string> = {
  name: 'name',
  timeZone: 'time_zone',
  currency: 'currency',
  language: 'language',
  senderName: 'sender_name',
  senderEmail: 'sender_email',
  mailUnknownConsent: 'mail_unknown_consent',
  frequencyCap: 'frequency_cap',
  quietHours: 'quiet_hours',
  approvalAbove: 'approval_above',
  rateLimits: 'rate_limits',
  phonePrefix: 'phone_prefix',
  dkim: 'dkim',
  bounceDomain: 'bounce_domain',
  loyaltyReward: 'loyalty_reward',
  freeMinutesCarryOn: 'free_minutes_carry_on',
  attributionDays: 'attribution_days',
}

/**
 * Changes the settings of the business, all or nothing. With a new time zone every stored local day is written anew and
 * every customer is marked for the next refresh of the segments.
 *
 * @returns the settings as they are then
 * @throws Problem 'invalid' for an unknown time zone; 'conflict' when there is too much history to move in one call, or
 *   another currency would make other money of what stands in the ledger or was promised
 */
export async function changeSettings(db: Database, change: SettingsChange, now: Date): Promise<Settings> {
  const timeZone = change.timeZone === undefined ? undefined : knownTimeZone(change.timeZone)
  await readSettings(db)
  return transact(db, async (trx) => {
    await rows(trx, 'SELECT id FROM settings WHERE id = 1 FOR UPDATE')
    const before = await readSettings(trx)
    if (change.currency !== undefined && change.currency !== before.currency) await requireNoMoney(trx)
    await write(trx, { ...change, timeZone }, now)
    const after = await readSettings(trx)
    if (JSON.stringify(after.loyaltyReward) !== JSON.stringify(before.loyaltyReward)) {
      await addTerms(trx, after.loyaltyReward, now)
    }
    if (timeZone !== undefined && timeZone !== before.timeZone) {
      await moveDays(trx, timeZone, now)
      await moveSlots(trx, timeZone, now)
      await scheduleAll(trx, now)
      await scheduleNight(trx, now)
    }
    return readSettings(trx)
  })
}

/** Amounts carry no currency of their own: what was promised or written in one stays in it. */
async function requireNoMoney(trx: Database): Promise<void> {
  const [row] = await rows<{ money: number }>(
    trx,
    `SELECT EXISTS (SELECT 1 FROM ledger_entries) OR EXISTS (
       SELECT 1 FROM rewards WHERE state IN ('reserved', 'active') AND COALESCE(amount, ceiling) IS NOT NULL) AS money`,
  )
  if (row?.money !== 1) return
  const message = 'Can be changed while no voucher of an amount is out and nothing stands in the ledger'
  const detail = 'The currency can be changed while no voucher of an amount is out and nothing stands in the ledger.'
  throw new Problem('conflict', detail, [{ path: '/currency', message }])
}

async function write(trx: Database, change: SettingsChange, now: Date): Promise<void> {
  const names = (Object.keys(COLUMNS) as Array<keyof Settings>).filter((name) => change[name] !== undefined)
  if (names.length === 0) return
  const columns = names.map((name) => `${COLUMNS[name]} = ?`).join(', ')
  const values = names.map((name) => asColumn(change[name]))
  await execute(trx, `UPDATE settings SET ${columns}, updated_at = ? WHERE id = 1`, [...values, now])
}

function asColumn(value: SettingsChange[keyof Settings]): Knex.RawBinding {
  if (value === undefined || value === null) return null
  return typeof value === 'object' ? JSON.stringify(value) : value
}

/**
 * The name under which Intl knows a time zone. Offsets like `+02:00` are refused: they know no summer time.
 *
 * @param path where the caller has said it
 * @throws Problem 'invalid'
 */
export function knownTimeZone(name: string, path = '/time_zone'): string {
  try {
    if (/^[A-Za-z]/.test(name)) return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
  } catch {
    // answered below
  }
  const message = 'Allowed is the name of an IANA time zone, such as Europe/Berlin'
  throw new Problem('invalid', `${path}: ${message}.`, [{ path, message }])
}
