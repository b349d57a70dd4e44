import { randomUUID } from 'node:crypto'
import type { Database } from '../database.ts'
import type { Channel } from '../deliveries/channels/channel.ts'
import { returnPath } from '../deliveries/returnPath.ts'
import { Problem } from '../errors.ts'
import { readSettings } from '../settings/readSettings.ts'
import { previewMessage } from './previewMessage.ts'
import type { WrittenMail } from './written.ts'

/**
 * Sends a message to whoever wrote it, at once, as one customer would get it. It is no delivery: nobody's history has
 * it, nothing counts it, and the mail says that it is a test.
 *
 * @param to null sends it to the business's own address
 * @returns the address it went to
 * @throws Problem as `previewMessage`, and `unavailable` with the words of a mail server that didn't take it
 */
export async function sendTest(
  db: Database,
  channel: Channel,
  test: {
    content: WrittenMail
    customer?: string | undefined
    provider?: string | undefined
    to: string | null
    publicUrl: string
  },
  now: Date,
): Promise<string> {
  return deliverTest(db, channel, await previewMessage(db, test, now), test.to)
}

/**
 * Hands a finished message over as a test.
 *
 * @param to null sends it to the business's own address
 * @returns the address it went to
 * @throws Problem `unavailable` with the words of a mail server that didn't take it
 */
export async function deliverTest(
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
  if (outcome.state !== 'sent') throw new Problem('unavailable', `The test mail was not taken: ${outcome.reason}`)
  return to
}
