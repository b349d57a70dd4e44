import type { ChannelName } from '../domain/deliveries/channels/channel.ts'
import type { Services } from './server/services.ts'

/** The channels over which messages can go: somebody has set them up. */
export const readyChannels = ({ smtpUrl, smsUrl }: Services): ChannelName[] => [
  ...(smtpUrl === '' ? [] : (['email'] as const)),
  ...(smsUrl === '' ? [] : (['sms'] as const)),
  'push',
]
