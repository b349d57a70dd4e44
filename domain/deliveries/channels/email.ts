import { createTransport, type SendMailOptions } from 'nodemailer'
import { type ComposedMail, composeMail } from '../mime/composeMail.ts'
import { type DkimSigner, dkimHeader } from '../mime/dkim.ts'
import { ownReason } from '../ownReasons.ts'
import { serviceHeaders } from '../serviceHeaders.ts'
import type { Channel, Outcome } from './channel.ts'
import { Handover } from './handover.ts'

const CONNECTIONS = 8
/** How long silence may last before a server counts as gone, in milliseconds. The URL may say otherwise. */
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000, idleTimeout: 20_000 }

/**
 * Mail over SMTP through a pool of connections.
 *
 * @param signer asked for each mail who signs it; null for nobody
 * @param url `smtp://user:password@host:port`, or `smtps://…`; options of nodemailer's as its query, e.g. `?socketTimeout=5000`
 */
export function emailChannel(url: string, signer: MailSigner = noSigner): Channel {
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
    if (handover !== undefined) mail.message.createReadStream = () => handover as never
    done()
  })
  return {
    concurrency: CONNECTIONS,
    close: () => transport.close(),
    send: async (envelope) => {
      const { messageId } = envelope
      const now = new Date()
      let mail: ComposedMail
      try {
        const headers = { ...envelope.headers, ...serviceHeaders(url, envelope.returnPath) }
        mail = composeMail({ ...envelope, headers }, now)
      } catch (error) {
        return { state: 'bounced', reason: (error as Error).message }
      }
      const handover = new Handover(await signedHead(mail, await signer(), now), mail.body)
      handovers.set(messageId, handover)
      try {
        const addresses = { from: { name: '', address: mail.from }, to: [{ name: '', address: mail.to }] }
        // the message itself comes from the handover
        const { response } = await transport.sendMail({
          raw: ' ',
          envelope: addresses,
          messageId,
        } as SendMailOptions)
        return { state: 'sent', response: String(response) }
      } catch (error) {
        return judge(error as SmtpError, handover.complete)
      } finally {
        handovers.delete(messageId)
      }
    },
  }
}

/** Who signs the mails that go out now. */
export type MailSigner = () => Promise<DkimSigner | null>
const noSigner: MailSigner = async () => null

/** The head of a mail with its end, the signature before it. */
async function signedHead({ head, body }: ComposedMail, signer: DkimSigner | null, now: Date): Promise<string> {
  return `${signer === null ? '' : await dkimHeader(signer, head, body, now)}${head}\r\n`
}

/** What nodemailer tells of a failed try; `originalCode` is that of Node where it has one of its own in its place. */
type SmtpError = Error & { code?: string; originalCode?: string; responseCode?: number; response?: string }

/** Decides what a failed hand-over means for the message. */
function judge(error: SmtpError, complete: boolean): Outcome {
  const words = (error.response ?? error.message).replace(/\s+/g, ' ').trim().slice(0, 1_000)
  const code = error.responseCode ?? 0
  // about our connection, not about this message: it goes again when that is mended
  if (!complete && isInsecure(error)) {
    return { state: 'deferred', reason: ownReason('not_secure', words), connection: true }
  }
  if (!complete && (error.code === 'EAUTH' || LOGIN_REPLIES.has(code))) {
    return { state: 'deferred', reason: ownReason('no_login', words), connection: true }
  }
  const about = error.code === 'EENVELOPE' || error.code === 'EMESSAGE'
  // the server's answer to this very message: it said no, so it does not have it
  if (about && code >= 500) return { state: 'bounced', reason: words }
  if (about && code >= 400) return { state: 'deferred', reason: words, connection: false }
  // an address that can't be written in SMTP, or a message larger than the server takes, is refused before anything is sent
  if (about && !complete) return { state: 'bounced', reason: words }
  if (complete) return { state: 'unconfirmed', reason: ownReason('handed_over', words) }
  return { state: 'deferred', reason: ownReason('not_reached', words), connection: true }
}

/** Whether there is no safe connection: the handshake failed, a certificate is not right, or the server wants encryption. */
function isInsecure({ code = '', originalCode = '', responseCode = 0, response = '', message }: SmtpError): boolean {
  if (code === 'ETLS' || TLS_CODES.test(originalCode) || message.includes('before secure TLS connection')) return true
  return responseCode === 538 || (responseCode === 530 && /tls|encrypt/i.test(response))
}

/** What Node and OpenSSL call what is wrong with a certificate or a handshake. */
const TLS_CODES =
  /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_(CA|PURPOSE)|ERR_(SSL|TLS|OSSL)_|EPROTO$)/

/** Answers that ask for a login, or do not accept ours (RFC 4954). */
const LOGIN_REPLIES: ReadonlySet<number> = new Set([530, 534, 535])

/** The address as nodemailer reads it, without the options that would let a message go out twice. */
function checkUrl(url: string): string {
  const checked = new URL(url)
  if (checked.protocol !== 'smtp:' && checked.protocol !== 'smtps:') {
    throw new Error(`The address of a mail server begins with smtp: or smtps:, not ${checked.protocol}`)
  }
  for (const option of ['pool', 'maxRequeues']) checked.searchParams.delete(option)
  return checked.href
}
