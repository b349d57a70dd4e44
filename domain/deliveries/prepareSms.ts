import type { Database } from '../database.ts'
import { smsCopy } from '../messages/smsCopy.ts'
import { writeToken } from '../tracking/token.ts'
import type { Channel, Sms } from './channels/channel.ts'
import { messageId } from './messageId.ts'
import { each, type Making, type Preparer } from './prepared.ts'
import { mergeReader } from './readMergeData.ts'
import { readMessage } from './readMessage.ts'

/** Parses a campaign's text once; each recipient's copy ends with how to end such messages. */
export async function smsMaker(
  db: Database,
  campaign: number,
  sms: Channel<Sms>,
  { settings, publicUrl, key, answers }: Making,
): Promise<Preparer> {
  const message = await readMessage(db, campaign)
  const copyFor = smsCopy(message.text)
  const read = await mergeReader(db, { settings, providerId: message.provider_id }, [message.text])
  return async (batch, now) => {
    const recipients = await read(batch, now)
    return each(batch, ({ id, address }) => {
      const recipient = recipients.get(id)
      if (recipient === undefined) throw new Error('the customer is gone')
      const page = answers ? null : `${publicUrl}/u/${writeToken(key, { kind: 'unsubscribe', delivery: id })}`
      const copy: Sms = {
        to: address,
        text: copyFor(recipient.data, recipient.language, page),
        messageId: messageId(key, id, settings.senderEmail),
      }
      return { messageId: copy.messageId, send: () => sms.send(copy) }
    })
  }
}
