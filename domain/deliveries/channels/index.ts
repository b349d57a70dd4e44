import { traceChannel } from '../../tracing/traceChannel.ts'
import type { Channel, ChannelName, Envelope, Notice, Sms } from './channel.ts'
import { emailChannel, type MailSigner } from './email.ts'
import { pushChannel } from './push.ts'
import { smsChannel } from './sms.ts'

/** All channels, open; null for one that nobody has set up. A further channel is a line here, and one in `openChannels`. */
export type Channels = { email: Channel<Envelope>; sms: Channel<Sms> | null; push: Channel<Notice> | null }

/** Where each channel hands its messages over. */
export type ChannelAddresses = {
  /** `smtp://…` */
  email: string
  /** Who signs mails. */
  signer?: MailSigner | undefined
  /** `https://…` or `twilio://…`; without one there are no messages to telephones. */
  sms?: string | undefined
  /** How notifications go out; without it there are none. */
  push?: Parameters<typeof pushChannel>[0] | undefined
  /** The address at which this business is reached, for what telephone networks call back. */
  publicUrl?: string | undefined
}

/**
 * Opens all channels. Nothing is connected before the first message.
 *
 * @throws when an address is none for its channel
 */
export function openChannels({ email, signer, sms, push, publicUrl = '' }: ChannelAddresses): Channels {
  return {
    email: traceChannel('email', email, emailChannel(email, signer)),
    sms: sms === undefined || sms === '' ? null : traceChannel('sms', sms, smsChannel(sms, publicUrl)),
    push: push === undefined ? null : traceChannel('push', undefined, pushChannel(push)),
  }
}

/** Closes all channels. */
export function closeChannels(channels: Channels): void {
  for (const name of ['email', 'sms', 'push'] as const satisfies ChannelName[]) channels[name]?.close()
}
