import { randomUUID } from 'node:crypto'
import { type Database, rows } from '../database.ts'
import { addressSql } from '../deliveries/addressSql.ts'
import type { Browser, Channel, Notice, Outcome, Sms } from '../deliveries/channels/channel.ts'
import { returnPath } from '../deliveries/returnPath.ts'
import { Problem } from '../errors.ts'
import { checkBrowser } from '../push/checkBrowser.ts'
import { readSettings } from '../settings/readSettings.ts'

/**
 * Sends a finished mail to whoever wrote it, at once. It is no delivery: nobody's history has it, nothing counts it, and
 * the mail says that it is a test.
 *
 * @param to null sends it to the business's own address
 * @returns the address it went to
 * @throws Problem `unavailable` with the words of a mail server that didn't take it
 */
export async function sendTestMail(
  db: Database,
  channel: Channel,
  { subject, html, text }: { subject: string; html: string; text: string },
  recipient: string | null,
): Promise<string> {
  const settings = await readSettings(db)
  const { senderName, senderEmail } = settings
  const to = recipient ?? senderEmail
  const outcome = await channel.send({
    to,
    from: { name: senderName, address: senderEmail },
    returnPath: returnPath(settings, null),
    subject: `[Test] ${subject}`,
    html,
    text,
    messageId: `test.${randomUUID()}@${senderEmail.slice(senderEmail.lastIndexOf('@') + 1)}`,
    headers: { 'X-Perennial-Test': '1' },
  })
  requireTaken(outcome)
  return to
}

/**
 * Sends a finished SMS to somebody's own number, as {@link sendTestMail} does.
 *
 * @param phone as people write it
 * @returns the number as networks understand it
 * @throws Problem `invalid` for what is no number, `unavailable` with the words of who didn't take it
 */
export async function sendTestSms(db: Database, channel: Channel<Sms>, text: string, phone: string): Promise<string> {
  const [row] = await rows<{ number: string | null }>(
    db,
    `SELECT ${addressSql('sms')} AS number FROM (SELECT CAST(? AS CHAR) AS phone) c`,
    [phone],
  )
  const to = row?.number ?? null
  if (to === null) {
    const message = 'This is no telephone number; with its country it begins with +'
    throw new Problem('invalid', message, [{ path: '/phone', message }])
  }
  requireTaken(await channel.send({ to, text: `[Test] ${text}`, messageId: `test.${randomUUID()}` }))
  return to
}

/**
 * Shows a finished notification in somebody's own browser, as {@link sendTestMail} does.
 *
 * @returns the push service that it went through
 * @throws Problem `invalid` for what no browser says, `unavailable` with the words of who didn't take it
 */
export async function sendTestNotice(
  channel: Channel<Notice>,
  { title, text, url }: Pick<Notice, 'title' | 'text' | 'url'>,
  browser: Omit<Browser, 'id'>,
): Promise<string> {
  checkBrowser(browser, '/browser')
  const notice = { title: `[Test] ${title}`, text, url, unsubscribe: null, messageId: `test.${randomUUID()}` }
  requireTaken(await channel.send({ ...notice, to: { id: 0, ...browser } }))
  return new URL(browser.endpoint).hostname
}

function requireTaken(outcome: Outcome): void {
  if (outcome.state !== 'sent') throw new Problem('unavailable', `The test was not taken: ${outcome.reason}`)
}
