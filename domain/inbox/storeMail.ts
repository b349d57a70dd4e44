import { simpleParser } from 'mailparser'
import { type Database, execute } from '../database.ts'
import { markDelivered } from '../deliveries/markDelivered.ts'
import { transact } from '../retry.ts'

/** A mail as it came over the wire. */
export type ReceivedMail = {
  sender: string
  recipients: readonly string[]
  source: Buffer
  messageId: string | null
  subject: string
}

/** Reads the two headers that a list of mails needs. Only the head is parsed; the body is, when somebody reads it. */
export async function readHead(source: Buffer): Promise<{ messageId: string | null; subject: string }> {
  const end = source.indexOf('\r\n\r\n')
  const head = await simpleParser(end === -1 ? source : source.subarray(0, end + 4))
  return {
    messageId: head.messageId?.replace(/^<|>$/g, '').slice(0, 255) ?? null,
    subject: (head.subject ?? '').slice(0, 998),
  }
}

/**
 * Keeps a mail, once for each recipient, and tells our own side in the same transaction that it has arrived: a mail is
 * never in the inbox without its delivery knowing.
 */
export async function storeMail(db: Database, mail: ReceivedMail, now: Date): Promise<void> {
  const { sender, recipients, source, messageId, subject } = mail
  await transact(db, async (trx) => {
    for (const recipient of recipients) {
      await execute(
        trx,
        `INSERT INTO inbox_mails (received_at, sender, recipient, subject, message_id, size, source)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
        [now, sender.slice(0, 320), recipient.slice(0, 320), subject, messageId, source.length, source],
      )
    }
    if (messageId !== null && recipients.length > 0) await markDelivered(trx, messageId, now)
  })
}
