import { Readable } from 'node:stream'
import { createTransport } from 'nodemailer'
import MailComposer from 'nodemailer/lib/mail-composer'
import type { Channel, Envelope, Outcome } from './channel.ts'

const CONNECTIONS = 8
/** How long silence may last before a server counts as gone, in milliseconds. The URL may say otherwise. */
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 }

/**
 * Mail over SMTP through a pool of connections.
 *
 * @param url `smtp://user:password@host:port`, or `smtps://…`; options of nodemailer's as its query, e.g. `?socketTimeout=5000`
 */
export function emailChannel(url: string): Channel {
  const transport = createTransport({
    ...TIMEOUTS,
    ...urlOptions(url),
    pool: true,
    maxConnections: CONNECTIONS,
    maxMessages: Number.POSITIVE_INFINITY,
    // nodemailer would send again by itself after a lost connection, also when the server may have the message
    maxRequeues: 0,
  })
  return {
    concurrency: CONNECTIONS,
    close: () => transport.close(),
    send: async (envelope) => {
      const handover = watched(await compose(envelope))
      try {
        const { response } = await transport.sendMail({
          envelope: { from: envelope.from.address, to: [envelope.to] },
          raw: handover.stream,
        })
        return { state: 'sent', response: String(response) }
      } catch (error) {
        return judge(error as SmtpError, handover.complete())
      }
    },
  }
}

/** Writes the message as it goes over the wire. Header values are encoded and folded by the composer. */
function compose(envelope: Envelope): Promise<Buffer> {
  const composer = new MailComposer({
    from: envelope.from,
    to: { name: '', address: envelope.to },
    subject: envelope.subject,
    messageId: `<${envelope.messageId}>`,
    html: envelope.html,
    text: envelope.text,
    headers: envelope.headers,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return composer.compile().build()
}

/** A stream over the message that knows whether its last byte was asked for: from then on the server may have it all. */
function watched(message: Buffer): { stream: Readable; complete: () => boolean } {
  let complete = false
  let given = false
  const stream = new Readable({
    read() {
      if (given) complete = true
      this.push(given ? null : message)
      given = true
    },
  })
  return { stream, complete: () => complete }
}

type SmtpError = Error & { code?: string; responseCode?: number; response?: string }

/** Decides what a failed hand-over means for the message. */
function judge(error: SmtpError, complete: boolean): Outcome {
  const words = (error.response ?? error.message).replace(/\s+/g, ' ').trim().slice(0, 1_000)
  const code = error.responseCode ?? 0
  const about = error.code === 'EENVELOPE' || error.code === 'EMESSAGE'
  // the server's answer to this very message: it said no, so it does not have it
  if (about && code >= 500) return { state: 'bounced', reason: words }
  if (about && code >= 400) return { state: 'deferred', reason: words, connection: false }
  // an address that can't be written in SMTP is refused before anything is sent
  if (error.code === 'EENVELOPE' && !complete) return { state: 'bounced', reason: words }
  if (complete)
    return { state: 'unconfirmed', reason: `The connection was lost after the message was handed over: ${words}` }
  return { state: 'deferred', reason: `The mail server was not reached: ${words}`, connection: true }
}

/** The parts of an SMTP address as options; numbers and true/false in its query become what they say. */
function urlOptions(url: string): Record<string, unknown> {
  const { protocol, hostname, port, username, password, searchParams } = new URL(url)
  if (protocol !== 'smtp:' && protocol !== 'smtps:')
    throw new Error(`SMTP_URL begins with smtp: or smtps:, not ${protocol}`)
  const query = [...searchParams].map(([name, value]) => [name, readOption(value)] as const)
  const secure = protocol === 'smtps:'
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    ...(username === '' ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    ...Object.fromEntries(query),
  }
}

function readOption(value: string): unknown {
  if (value === 'true' || value === 'false') return value === 'true'
  return /^\d+$/.test(value) ? Number(value) : value
}
