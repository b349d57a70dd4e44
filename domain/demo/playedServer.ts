import type { Channel, Outcome } from '../deliveries/channels/channel.ts'

/**
 * A mail server of the past: it answers as the local inbox does and keeps nothing. Once it would not take what an
 * automation has to tell somebody of the business, so that there is something to help with.
 */
export function playedServer(): Channel {
  let refused = false
  const answer = (to: string, messageId: string): Outcome => {
    if (messageId.startsWith('tell.') && !refused) {
      refused = true
      return { state: 'bounced', reason: '554 5.7.1 Message refused: the mailbox takes no automatic mail' }
    }
    if (to.endsWith('@bounce.test')) return { state: 'bounced', reason: '550 5.1.1 The address does not exist' }
    return { state: 'sent', response: '250 2.0.0 Ok: queued' }
  }
  return { concurrency: 10, close: () => {}, send: async ({ to, messageId }) => answer(to, messageId) }
}
