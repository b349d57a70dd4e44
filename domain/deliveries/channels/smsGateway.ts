import { createHmac, timingSafeEqual } from 'node:crypto'
import { ownReason } from '../ownReasons.ts'
import type { Channel, Outcome, Sms } from './channel.ts'
import { post } from './post.ts'

const CONNECTIONS = 8
/** A signature is believed for so long, in seconds: a note that somebody recorded is worth nothing tomorrow. */
const VALID = 600

/** A gateway that takes a documented request (docs/sms-gateway.md): its address, what we are called, and the shared secret. */
export type Gateway = { url: URL; from: string; secret: string; allowPrivate: boolean; callback: string }

/**
 * Messages to telephones through any gateway that speaks our request. A gateway notices a message that comes twice by its
 * `id`, so what is unclear goes again.
 */
export function smsGateway(gateway: Gateway): Channel<Sms> {
  return {
    concurrency: CONNECTIONS,
    repeatable: true,
    close: () => {},
    send: async ({ to, text, messageId }) => {
      const { url, from, secret, allowPrivate, callback } = gateway
      const body = Buffer.from(JSON.stringify({ id: messageId, from, to, text, callback }))
      const headers = {
        'content-type': 'application/json',
        'idempotency-key': messageId,
        ...signatureHeaders(secret, body, new Date()),
      }
      const posted = await post(url, body, { headers, allowPrivate })
      if (posted.state === 'answered') return judge(posted.status, reasonIn(posted.words))
      return { state: 'deferred', reason: ownReason('not_reached', posted.words), connection: true }
    },
  }
}

function judge(status: number, words: string): Outcome {
  const reason = `${status} ${words}`.trim()
  if (status >= 200 && status < 300) return { state: 'sent', response: reason }
  // 410: there is no such number, and never will be; the others say what is wrong with this message or number; anything else is about the gateway, or about our account there
  if ([400, 404, 410, 413, 422].includes(status)) return { state: 'bounced', reason, gone: status === 410 }
  return { state: 'deferred', reason, connection: status === 401 || status === 403 || status >= 500 }
}

/** The sentence in `{"reason": …}` or `{"detail": …}`, else the answer as it is. */
function reasonIn(answer: string): string {
  try {
    const parsed: unknown = JSON.parse(answer)
    if (typeof parsed === 'object' && parsed !== null) {
      for (const name of ['reason', 'detail', 'message', 'id']) {
        const value = (parsed as Record<string, unknown>)[name]
        if (typeof value === 'string') return value.slice(0, 500)
      }
    }
  } catch {
    // words, not JSON
  }
  return answer.replace(/\s+/g, ' ').trim().slice(0, 500)
}

/** The headers by which either side knows that a body comes from the other: when, and the HMAC over that and the body. */
export function signatureHeaders(secret: string, body: Buffer, now: Date): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1_000))
  return { 'perennial-timestamp': timestamp, 'perennial-signature': `sha256=${sign(secret, timestamp, body)}` }
}

/** Whether a body was signed with the secret, within the last ten minutes. */
export function isSigned(
  secret: string,
  body: Buffer,
  headers: { timestamp: string | undefined; signature: string | undefined },
  now: Date,
): boolean {
  const { timestamp = '', signature = '' } = headers
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now.getTime() / 1_000 - Number(timestamp)) > VALID) return false
  const expected = Buffer.from(`sha256=${sign(secret, timestamp, body)}`)
  const given = Buffer.from(signature)
  return given.length === expected.length && timingSafeEqual(given, expected)
}

const sign = (secret: string, timestamp: string, body: Buffer) =>
  createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')
