import type { Channel, Outcome, Sms } from './channel.ts'

const CONNECTIONS = 4
const TIMEOUT = 15_000

/** An account at Twilio; `api` is the address of a server that plays it, null for Twilio itself. */
export type TwilioAccount = { sid: string; token: string; from: string; api: string | null; callback: string }

/**
 * Messages to telephones through Twilio, with its own library. What Twilio does not answer is unconfirmed: it has no key
 * by which it would notice the same message twice. The library is read when the first message goes.
 */
export function twilioChannel(account: TwilioAccount): Channel<Sms> {
  let opened: ReturnType<typeof open> | null = null
  return {
    concurrency: CONNECTIONS,
    close: () => {},
    send: async ({ to, text, messageId }) => {
      opened ??= open(account)
      const from = account.from.startsWith('MG') ? { messagingServiceSid: account.from } : { from: account.from }
      const statusCallback = `${account.callback}?id=${encodeURIComponent(messageId)}`
      try {
        const made = await (await opened).messages.create({ to, body: text, ...from, statusCallback })
        return { state: 'sent', response: `${made.sid} ${made.status}` }
      } catch (error) {
        return judge(error)
      }
    },
  }
}

async function open({ sid, token, api }: TwilioAccount) {
  const { default: twilio } = await import('twilio')
  const plain = new twilio.RequestClient({ timeout: TIMEOUT })
  if (api === null) return twilio(sid, token, { httpClient: plain })
  const elsewhere = new URL(api).origin
  const request: typeof plain.request = (options) =>
    plain.request({ ...options, uri: options.uri.replace(/^https:\/\/[^/]+/, elsewhere) })
  return twilio(sid, token, { httpClient: Object.assign(Object.create(plain), { request }) })
}

/** What went wrong before anybody had the message. */
const UNREACHED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT'])

function judge(thrown: unknown): Outcome {
  const {
    status,
    code,
    message = String(thrown),
  } = thrown as { status?: number; code?: number | string; message?: string }
  const reason = `${[status, code].filter((part) => part !== undefined).join(' ')} ${message}`.trim().slice(0, 1_000)
  if (typeof status !== 'number') {
    if (typeof code === 'string' && UNREACHED.has(code)) return { state: 'deferred', reason, connection: true }
    return { state: 'unconfirmed', reason: `Twilio did not answer: ${reason}` }
  }
  // too many at once; the account, its number or its balance: not the customer's fault
  if (status === 429 || status === 401 || status === 403 || OURS.has(Number(code))) {
    return { state: 'deferred', reason, connection: status !== 429 }
  }
  if (status >= 400 && status < 500) return { state: 'bounced', reason, gone: GONE.has(Number(code)) }
  if (status === 503) return { state: 'deferred', reason, connection: true }
  return { state: 'unconfirmed', reason }
}

/** Codes of Twilio's about our own number or account: https://www.twilio.com/docs/api/errors */
const OURS = new Set([20_003, 21_212, 21_603, 21_606, 21_659, 21_660])
/** Codes that say that the number takes no messages: it is none, or is a landline. Who answered STOP may answer START. */
const GONE = new Set([21_211, 21_614])

/**
 * Whether a call comes from Twilio: it signs the address that it calls with all that it says.
 *
 * @param url the address as Twilio was given it, with its query
 */
export async function isTwilios(
  token: string,
  signature: string,
  url: string,
  form: Record<string, string>,
): Promise<boolean> {
  const { default: twilio } = await import('twilio')
  return twilio.validateRequest(token, signature, url, form)
}
