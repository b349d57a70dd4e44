import type { Database } from '../database.ts'
import type { Channel, ChannelName } from './channels/channel.ts'
import type { Channels } from './channels/index.ts'
import { each, type Making, type Preparer } from './prepared.ts'
import { mailMaker } from './prepareMail.ts'
import { noticeMaker } from './prepareNotice.ts'
import { smsMaker } from './prepareSms.ts'

/**
 * Reads a campaign's message and parses it once, for its channel.
 *
 * @returns null when nobody has set the channel up
 */
export async function preparer(
  db: Database,
  campaign: { id: number; channel: ChannelName },
  channels: Channels,
  making: Making,
): Promise<{ prepare: Preparer; channel: Channel<never> } | null> {
  const { email, sms, push } = channels
  switch (campaign.channel) {
    case 'email': {
      const maker = await mailMaker(db, campaign.id, making)
      const prepare: Preparer = async (batch, now) => {
        const make = await maker(batch, now)
        return each(batch, (delivery) => {
          const envelope = make(delivery)
          return { messageId: envelope.messageId, send: () => email.send(envelope) }
        })
      }
      return { prepare, channel: email }
    }
    case 'sms':
      return sms === null ? null : { prepare: await smsMaker(db, campaign.id, sms, making), channel: sms }
    case 'push':
      if (push === null) return null
      return { prepare: await noticeMaker(db, campaign.id, push, making), channel: push }
  }
}
