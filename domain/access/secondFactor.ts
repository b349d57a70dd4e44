import { randomBytes } from 'node:crypto'
import { type Database, execute, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { seal, unseal } from './seal.ts'
import { hashToken } from './token.ts'
import { makeSecret, matchingStep } from './totp.ts'

const RECOVERY_CODES = 10

type Row = { secret: Buffer | null; since: Date | null; step: number }

const SELECT = 'SELECT totp_secret AS secret, totp_since AS since, totp_step AS step FROM users WHERE id = ?'

/** Whether somebody has a second factor, since when, and how many recovery codes are left. */
export async function readSecondFactor(
  db: Database,
  userId: number,
): Promise<{ since: Date | null; codesLeft: number }> {
  const [row] = await rows<Row>(db, SELECT, [userId])
  const sql = 'SELECT COUNT(*) AS count FROM recovery_codes WHERE user_id = ? AND used_at IS NULL'
  const [left] = await rows<{ count: number }>(db, sql, [userId])
  return { since: row?.since ?? null, codesLeft: row?.since == null ? 0 : (left?.count ?? 0) }
}

/**
 * Makes a secret for somebody's authenticator app. It counts from when they show a code of it ({@link confirmSecondFactor}).
 *
 * @throws Problem 'conflict' for somebody who has a second factor already
 */
export async function beginSecondFactor(db: Database, userId: number): Promise<string> {
  const secret = makeSecret()
  const changed = await execute(
    db,
    'UPDATE users SET totp_secret = ?, totp_step = 0 WHERE id = ? AND totp_since IS NULL',
    [await seal(db, secret), userId],
  )
  if (changed === 0)
    throw new Problem('conflict', 'There is a second factor already: take it away before you set up another')
  return secret
}

/**
 * Switches a second factor on, by a code of it.
 *
 * @returns codes for when the telephone is lost, each good once; nobody sees them again
 * @throws Problem 'conflict' when none was begun; 'invalid' for a code that is none of its
 */
export async function confirmSecondFactor(db: Database, userId: number, code: string, now: Date): Promise<string[]> {
  return db.transaction(async (trx) => {
    const [row] = await rows<Row>(trx, `${SELECT} FOR UPDATE`, [userId])
    const secret = row?.secret == null || row.since !== null ? null : await unseal(trx, row.secret)
    if (secret === null) throw new Problem('conflict', 'Nothing was begun: ask for a secret first')
    const step = matchingStep(secret, code, now, 0)
    if (step === null) {
      const message = 'This code does not fit: look whether the clock of your telephone is right'
      throw new Problem('invalid', message, [{ path: '/code', message }])
    }
    await execute(trx, 'UPDATE users SET totp_since = ?, totp_step = ? WHERE id = ?', [now, step, userId])
    return newRecoveryCodes(trx, userId)
  })
}

/** New recovery codes in place of those that there were. */
export async function newRecoveryCodes(trx: Database, userId: number): Promise<string[]> {
  await execute(trx, 'DELETE FROM recovery_codes WHERE user_id = ?', [userId])
  const codes = Array.from({ length: RECOVERY_CODES }, () => {
    const text = randomBytes(10).toString('hex')
    return `${text.slice(0, 5)}-${text.slice(5, 10)}-${text.slice(10, 15)}-${text.slice(15)}`
  })
  for (const code of codes) {
    await execute(trx, 'INSERT INTO recovery_codes (user_id, code_hash) VALUES (?, ?)', [userId, hashToken(code)])
  }
  return codes
}

/** Takes a second factor away, with its recovery codes. */
export async function removeSecondFactor(db: Database, userId: number): Promise<void> {
  await execute(db, 'DELETE FROM recovery_codes WHERE user_id = ?', [userId])
  await execute(db, 'UPDATE users SET totp_secret = NULL, totp_since = NULL, totp_step = 0 WHERE id = ?', [userId])
}

/**
 * Whether a code proves a second factor: one of the authenticator app that was not taken before, or a recovery code,
 * which is used up by it. Somebody without a second factor needs none.
 */
export async function provesSecondFactor(
  db: Database,
  userId: number,
  code: string | undefined,
  now: Date,
): Promise<boolean> {
  return db.transaction(async (trx) => {
    const [row] = await rows<Row>(trx, `${SELECT} FOR UPDATE`, [userId])
    if (row === undefined || row.since === null || row.secret === null) return true
    const given = (code ?? '').trim().toLowerCase()
    if (/^[0-9a-f]{5}(-[0-9a-f]{5}){3}$/.test(given)) {
      const sql = 'UPDATE recovery_codes SET used_at = ? WHERE user_id = ? AND code_hash = ? AND used_at IS NULL'
      return (await execute(trx, sql, [now, userId, hashToken(given)])) > 0
    }
    const secret = await unseal(trx, row.secret)
    const step = secret === null ? null : matchingStep(secret, given.replace(/\s/g, ''), now, row.step)
    if (step === null) return false
    await execute(trx, 'UPDATE users SET totp_step = ? WHERE id = ?', [step, userId])
    return true
  })
}
