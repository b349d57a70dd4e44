import { randomUUID } from 'node:crypto'
import { type Database, execute, rows } from '../database.ts'
import type { Channel } from '../deliveries/channels/channel.ts'
import { returnPath } from '../deliveries/returnPath.ts'
import { escapeHtml } from '../messages/escapeHtml.ts'
import type { MailLanguage } from '../messages/words.ts'
import { readSettings, type Settings } from '../settings/readSettings.ts'
import { secret } from '../settings/secret.ts'
import { writeToken } from '../tracking/token.ts'
import { OPT_IN_WORDS } from './words.ts'

/** How long a link is good, in days. */
const DAYS = 7
/** So many mails go to one address within a day, whoever asks for them. */
const MOST_A_DAY = 3
const DAY = 86_400_000

export type NewOptIn = {
  email: string
  firstName: string | null
  language: MailLanguage
  /** What is said yes to; left out, our own sentence. */
  wording?: string | undefined
  /** Where they signed up, in words. */
  source: string
}

/**
 * Asks the owner of an address whether they want mail: sends them one with a signed link. Until they follow it and say yes,
 * nothing about anybody changes.
 *
 * @returns `sent`; `enough` when the address was asked often enough today; `away` when the mail server did not take it
 */
export async function requestOptIn(
  db: Database,
  channel: Channel,
  optIn: NewOptIn,
  { publicUrl, now }: { publicUrl: string; now: Date },
): Promise<'sent' | 'enough' | 'away'> {
  const settings = await readSettings(db)
  const id = await insert(db, optIn, settings, now)
  if (id === null) return 'enough'
  const token = writeToken(await secret(db, 'tracking'), { kind: 'confirm', optIn: id })
  const outcome = await channel.send(mailOf(optIn, settings, `${publicUrl}/confirm/${token}`))
  if (outcome.state !== 'sent' && outcome.state !== 'unconfirmed') {
    await execute(db, 'DELETE FROM opt_ins WHERE id = ?', [id])
    return 'away'
  }
  await execute(db, 'UPDATE opt_ins SET sent_at = ? WHERE id = ?', [now, id])
  return 'sent'
}

async function insert(db: Database, optIn: NewOptIn, settings: Settings, now: Date): Promise<number | null> {
  const { email, firstName, language, source } = optIn
  const wording = optIn.wording ?? OPT_IN_WORDS[language].wording.replaceAll('{business}', () => settings.name)
  return db.transaction(async (trx) => {
    // one at a time, so that many calls at once are counted
    await rows(trx, 'SELECT id FROM settings WHERE id = 1 FOR UPDATE')
    const sql = 'SELECT COUNT(*) AS count FROM opt_ins WHERE email = ? AND created_at > ?'
    const [asked] = await rows<{ count: number }>(trx, sql, [email, new Date(now.getTime() - DAY)])
    if ((asked?.count ?? 0) >= MOST_A_DAY) return null
    const [id = 0] = await trx('opt_ins').insert({
      email,
      first_name: firstName,
      language,
      wording,
      source: source.slice(0, 100),
      created_at: now,
      expires_at: new Date(now.getTime() + DAYS * DAY),
    })
    return id
  })
}

function mailOf({ email, language }: NewOptIn, settings: Settings, link: string) {
  const words = OPT_IN_WORDS[language]
  const fill = (text: string) => text.replaceAll('{business}', () => settings.name).replace('{days}', String(DAYS))
  const { senderName, senderEmail } = settings
  const say = (text: string) => escapeHtml(fill(text))
  return {
    to: email,
    from: { name: senderName, address: senderEmail },
    returnPath: returnPath(settings, null),
    messageId: `confirm.${randomUUID()}@${senderEmail.slice(senderEmail.lastIndexOf('@') + 1)}`,
    subject: fill(words.subject),
    html: `<!doctype html><html lang="${language}"><body style="font:16px/1.5 sans-serif;max-width:32rem">
<p>${say(words.mail)}</p><p><a href="${escapeHtml(link)}">${say(words.link)}</a></p><p>${say(words.ignore)}</p>
</body></html>`,
    text: `${fill(words.mail)}\n\n${link}\n\n${fill(words.ignore)}\n`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  }
}

/** Removes those that nobody confirmed in time; of the others the consent tells. */
export async function forgetOptIns(db: Database, now: Date): Promise<void> {
  await execute(db, 'DELETE FROM opt_ins WHERE expires_at < ? LIMIT 50000', [new Date(now.getTime() - 30 * DAY)])
}
