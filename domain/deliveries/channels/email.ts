import type { Readable } from 'node:stream'
import { createTransport } from 'nodemailer'
import type { Channel, Envelope, Outcome } from './channel.ts'

const CONNECTIONS = 8
/** How long silence may last before a server counts as gone, in milliseconds. The URL may say otherwise. */
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000, idleTimeout: 20_000 }

/**
 * Mail over SMTP through a pool of connections.
 *
 * @param url `smtp://user:password@host:port`, or `smtps://…`; options of nodemailer's as its query, e.g. `?socketTimeout=5000`
 */
export function emailChannel(url: string): Channel {
  const handovers = new Map<string, Handover>()
  const transport = createTransport({
    ...TIMEOUTS,
    url: checkUrl(url),
    pool: true,
    maxConnections: CONNECTIONS,
    maxMessages: Number.POSITIVE_INFINITY,
    // nodemailer would send again by itself after a lost connection, also when the server may have the message
    maxRequeues: 0,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  transport.use('stream', (mail, done) => {
    const handover = handovers.get(String(mail.data.messageId))
    const read = mail.message.createReadStream.bind(mail.message)
    mail.message.createReadStream = (options) => {
      const stream = read(options)
      if (handover !== undefined) handover.stream = stream
      return stream
    }
    done()
  })
  return {
    concurrency: CONNECTIONS,
    close: () => transport.close(),
    send: async (envelope) => {
      const messageId = `<${envelope.messageId}>`
      const handover: Handover = { stream: null }
      handovers.set(messageId, handover)
      try {
        const { response } = await transport.sendMail({ ...toMail(envelope), messageId })
        return { state: 'sent', response: String(response) }
      } catch (error) {
        return judge(error as SmtpError, handover.stream?.readableEnded ?? false)
      } finally {
        handovers.delete(messageId)
      }
    },
  }
}

/**
 * The message as the connection reads it: only after the server said “go on” to DATA. Once it has been read to its end,
 * the final dot goes out, and from then on the server may have the message, whatever happens to its answer.
 */
type Handover = { stream: Readable | null }

/** Header values are encoded and folded by nodemailer; the recipient is one address, whatever stands in it. */
function toMail({ from, returnPath, to, subject, html, text, headers }: Envelope) {
  return {
    from,
    to: { name: '', address: to },
    envelope: { from: returnPath, to: [to] },
    subject,
    html,
    text,
    headers,
  }
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

/** The address as nodemailer reads it, without the options that would let a message go out twice. */
function checkUrl(url: string): string {
  const checked = new URL(url)
  if (checked.protocol !== 'smtp:' && checked.protocol !== 'smtps:') {
    throw new Error(`The address of a mail server begins with smtp: or smtps:, not ${checked.protocol}`)
  }
  for (const option of ['pool', 'maxRequeues']) checked.searchParams.delete(option)
  return checked.href
}
