import type { Channel, ChannelName } from './channel.ts'
import { emailChannel } from './email.ts'

/** How each channel is opened, with the address of whoever takes its messages. A further channel is a line here. */
const OPEN = {
  email: emailChannel,
} as const satisfies Partial<Record<ChannelName, (address: string) => Channel>>

/** All channels, open. */
export type Channels = { email: Channel } & Partial<Record<ChannelName, Channel>>

/**
 * Opens all channels. Nothing is connected before the first message.
 *
 * @param addresses where each hands its messages over: for email `smtp://…`
 * @throws when an address is none for its channel
 */
export function openChannels(addresses: Record<'email', string>): Channels {
  return { email: OPEN.email(addresses.email) }
}

/** Closes all channels. */
export function closeChannels(channels: Channels): void {
  for (const channel of Object.values(channels)) channel.close()
}
