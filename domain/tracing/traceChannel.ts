import type { Channel, ChannelName } from '../deliveries/channels/channel.ts'
import { traced } from './tracing.ts'

/**
 * A channel of which each message that is handed over is a span: to which server, and what became of it; not to whom.
 *
 * @param url where it hands over
 */
export function traceChannel<Message>(
  name: ChannelName,
  url: string | undefined,
  channel: Channel<Message>,
): Channel<Message> {
  const host = url !== undefined && URL.canParse(url) ? new URL(url).hostname : ''
  const attributes = { 'messaging.system': name, ...(host === '' ? {} : { 'server.address': host }) }
  return {
    ...channel,
    send: (message) =>
      traced(`send ${name}`, { kind: 'client', attributes }, async (span) => {
        const outcome = await channel.send(message)
        span?.set({ 'perennial.outcome': outcome.state })
        return outcome
      }),
  }
}
