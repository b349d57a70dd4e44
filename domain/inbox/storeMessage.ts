import { type Database, execute } from '../database.ts'
import { markDelivered } from '../deliveries/markDelivered.ts'
import { transact } from '../retry.ts'

/** A message to a telephone or a browser, as it came. */
export type ReceivedMessage = {
  channel: 'sms' | 'push'
  sender: string
  recipient: string
  subject: string
  body: string
  messageId: string | null
}

/** Keeps a message and tells our own side in the same transaction that it has arrived. One that comes twice stays one. */
export async function storeMessage(db: Database, message: ReceivedMessage, now: Date): Promise<void> {
  const { channel, sender, recipient, subject, body, messageId } = message
  const source = Buffer.from(body)
  await transact(db, async (trx) => {
    await execute(
      trx,
      `INSERT INTO inbox_mails (received_at, channel, sender, recipient, subject, message_id, size, source)
       SELECT ?, ?, ?, ?, ?, ?, ?, ? FROM DUAL WHERE NOT EXISTS (
         SELECT 1 FROM inbox_mails m WHERE m.recipient = ? AND m.message_id = ? AND m.channel = ?)`,
      [
        ...[now, channel, sender.slice(0, 320), recipient.slice(0, 320), subject.replace(/\s+/g, ' ').slice(0, 200)],
        ...[messageId, source.length, source, recipient.slice(0, 320), messageId, channel],
      ],
    )
    if (messageId !== null) await markDelivered(trx, messageId, now)
  })
}
