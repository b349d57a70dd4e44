import { createHash } from 'node:crypto'
import webPush from 'web-push'
import { ownReason } from '../ownReasons.ts'
import type { Channel, Notice, Outcome } from './channel.ts'
import { post } from './post.ts'

const CONNECTIONS = 16
/** How long a push service keeps a notification for a browser that is away, in seconds: two days. */
const KEPT = 172_800

/** The host in the addresses of browsers that the local inbox plays. */
export const LOCAL_PUSH_HOST = 'push.inbox.test'

/** The key pair by which push services know us (VAPID): base64url, as browsers take the public one. */
export type VapidKeys = { publicKey: string; privateKey: string }

/**
 * Notifications in browsers: encrypted for one browser, handed to the push service that it named (RFC 8030, 8291, 8292).
 * A notification replaces one with the same id, so what is unclear goes again.
 *
 * @param local the address of the inbox that plays a push service; null when there is none
 */
export function pushChannel({
  keys,
  contact,
  local,
}: {
  keys: () => Promise<VapidKeys>
  /** How a push service reaches us when something is wrong: an address of mail. */
  contact: () => Promise<string>
  local: string | null
}): Channel<Notice> {
  return {
    concurrency: CONNECTIONS,
    repeatable: true,
    close: () => {},
    send: async (notice) => {
      try {
        const vapidDetails = { subject: `mailto:${await contact()}`, ...(await keys()) }
        return await hand(notice, vapidDetails, local)
      } catch (error) {
        // keys of a browser that are none
        const reason = error instanceof Error ? error.message : String(error)
        return { state: 'bounced', reason, gone: true }
      }
    },
  }
}

async function hand(
  { to, messageId, title, text, url, unsubscribe }: Notice,
  vapidDetails: VapidKeys & { subject: string },
  local: string | null,
): Promise<Outcome> {
  const subscription = { endpoint: to.endpoint, keys: { p256dh: to.p256dh, auth: to.auth } }
  // two copies with one topic become one at the push service, two with one id become one in the browser
  const topic = createHash('sha256').update(messageId).digest('base64url').slice(0, 32)
  const payload = JSON.stringify({ id: topic, title, text, url, unsubscribe, message: messageId })
  const { headers, body, endpoint } = webPush.generateRequestDetails(subscription, payload, {
    vapidDetails,
    TTL: KEPT,
    topic,
    urgency: 'normal',
  })
  const target = new URL(endpoint)
  const isLocal = target.hostname === LOCAL_PUSH_HOST && local !== null
  const address = isLocal ? new URL(target.pathname, local) : target
  if (address.protocol !== 'https:' && !isLocal) return { state: 'bounced', reason: 'Not an https address', gone: true }
  const posted = await post(address, body, { headers: headersOf(headers), allowPrivate: isLocal })
  if (posted.state !== 'answered') {
    return { state: 'deferred', reason: ownReason('not_reached', posted.words), connection: false }
  }
  return judge(posted.status, posted.words)
}

const headersOf = (headers: object) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))

function judge(status: number, words: string): Outcome {
  const reason = `${status} ${words.replace(/\s+/g, ' ').trim().slice(0, 500)}`.trim()
  if (status >= 200 && status < 300) return { state: 'sent', response: reason }
  if (status === 404 || status === 410) return { state: 'bounced', reason, gone: true }
  if (status === 429 || status >= 500) return { state: 'deferred', reason, connection: false }
  return { state: 'bounced', reason }
}
