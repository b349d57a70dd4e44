import { type Database, rows } from '../database.ts'
import { addressSql } from '../deliveries/addressSql.ts'
import { suppress, unsuppress } from './suppress.ts'

/** Words that end messages, and that begin them again; in the languages we write in, and those that networks know. */
const STOP = new Set([
  'STOP',
  'STOPP',
  'STOPALL',
  'UNSUBSCRIBE',
  'CANCEL',
  'END',
  'QUIT',
  'ABMELDEN',
  'ARRET',
  'BASTA',
  'CANCELLA',
])
const START = new Set(['START', 'UNSTOP', 'YES', 'ANMELDEN', 'OUI', 'SI'])

const SOURCE = 'answer to an SMS'

/**
 * Takes an answer to an SMS. STOP, alone or as its first word, ends messages to everybody who has that number; START lifts
 * what an earlier STOP did, and nothing else.
 *
 * @param from the number, as networks write it: `+49170123456`
 * @returns what the answer meant; null when it is none of those words
 */
export async function answerSms(
  db: Database,
  { from, text }: { from: string; text: string },
  now: Date,
): Promise<'stop' | 'start' | null> {
  const word =
    text
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .trim()
      .toUpperCase()
      .split(/[^A-Z]+/)[0] ?? ''
  const meant = STOP.has(word) ? 'stop' : START.has(word) ? 'start' : null
  if (meant === null) return null
  const sql = `SELECT c.id FROM customers c WHERE c.phone IS NOT NULL AND ${addressSql('sms')} = ?`
  const found = await rows<{ id: number }>(db, sql, [from])
  for (const { id } of found) {
    const key = { customerId: id, providerId: 0, channel: 'sms' } as const
    if (meant === 'stop') await suppress(db, key, { reason: 'unsubscribed', source: SOURCE }, now)
    else await unsuppress(db, key, now, 'unsubscribed')
  }
  return meant
}
