import { generateKeyPairSync } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import type { Readable } from 'node:stream'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'
import type { Database } from '../database.ts'
import { type Returned, readReturnPath } from '../deliveries/returnPath.ts'
import { readSettings } from '../settings/readSettings.ts'
import { keyring } from '../settings/secret.ts'
import { CallersLimit } from './callersLimit.ts'
import { makeCertificate } from './certificate.ts'
import type { Report } from './readReport.ts'
import { takeReport } from './takeReport.ts'

/** The largest mail that is taken, in bytes: a bounce quotes what came back, a mail of ours at most. */
const MAX_SIZE = 2 * 1024 * 1024
/** How many callers may be connected at once. */
const MAX_CLIENTS = 100
/** How many connections and how many mails one address may have in a minute. */
const MOST_CONNECTIONS = 60
const MOST_MAILS = 600
/** A return path is one delivery's. */
const MAX_RECIPIENTS = 5

export type Listener = { port: number; stop(): Promise<void> }

export type ListenerOptions = {
  /** 0 for any. */
  port: number
  host: string
  clock: () => Date
  /** Certificate and key as PEM; it makes its own when left out. */
  tls?: { cert: string; key: string } | undefined
  /** Told what each mail was. */
  onMail?: (kind: Report['kind']) => void
  /** Told when a mail could not be taken; its sender is asked to try again. */
  onTrouble: (error: unknown) => void
}

/**
 * The mail server for what comes back: takes bounces and complaints at signed addresses of ours at the bounce domain, and
 * nothing else. It relays nothing and answers nobody.
 */
export async function startListener(db: Database, options: ListenerOptions): Promise<Listener> {
  const { port, host, clock, onTrouble } = options
  const connections = new CallersLimit(MOST_CONNECTIONS)
  const mails = new CallersLimit(MOST_MAILS)

  const takeMail = async (stream: MailStream, session: SMTPServerSession) => {
    const source = await readAll(stream)
    if (source === null) throw refusal(552, `5.3.4 A mail may have ${MAX_SIZE} bytes`)
    const { mailFrom, rcptTo } = session.envelope
    const sender = mailFrom === false ? '' : mailFrom.address
    for (const { address } of rcptTo) {
      const to = await ours(db, address)
      if (to === null) continue
      const kind = await takeReport(db, { to, sender, source }, clock())
      options.onMail?.(kind)
    }
  }

  const server = new SMTPServer({
    name: NAME,
    ...(options.tls ?? ownCertificate(clock())),
    minVersion: 'TLSv1.2',
    banner: 'Perennial takes bounces of its own mail only',
    size: MAX_SIZE,
    disabledCommands: ['AUTH'],
    disableReverseLookup: true,
    logger: false,
    maxClients: MAX_CLIENTS,
    maxRecipients: MAX_RECIPIENTS,
    socketTimeout: 60_000,
    closeTimeout: 5_000,
    onConnect: ({ remoteAddress }, done) => {
      done(
        connections.take(remoteAddress, clock()) ? null : refusal(421, '4.7.0 Too many connections, please come back'),
      )
    },
    onRcptTo: ({ address }, { envelope, remoteAddress }, done) => {
      ours(db, address)
        .then((to) => {
          if (to === null) return done(refusal(550, '5.1.1 There is no such address here'))
          if (envelope.rcptTo.length >= MAX_RECIPIENTS) return done(refusal(452, '4.5.3 Too many recipients'))
          const heard = mails.take(remoteAddress, clock())
          done(heard ? null : refusal(450, '4.7.1 Too many mails, please come back in a minute'))
        })
        .catch((error: unknown) => {
          onTrouble(error)
          done(refusal(451, '4.3.0 Please try again'))
        })
    },
    onData: (stream, session, done) => {
      takeMail(stream, session).then(
        () => done(null),
        (error: unknown) => {
          stream.resume()
          if (error instanceof Error && 'responseCode' in error) return done(error)
          onTrouble(error)
          done(refusal(451, '4.3.0 Please try again'))
        },
      )
    },
  })
  // a peer that goes away in the middle is no trouble of ours
  server.on('error', () => {})
  await new Promise<void>((done, fail) => {
    server.server.once('error', fail)
    server.listen(port, host, done)
  })
  return {
    port: (server.server.address() as AddressInfo).port,
    stop: () => new Promise((done) => server.close(() => done())),
  }
}

/** How it calls itself. */
const NAME = 'bounces.perennial'
const YEARS = 10

/** A certificate of its own: senders encrypt to whatever is offered, and check nothing. */
function ownCertificate(now: Date): { cert: string; key: string } {
  const { privateKey: key, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const day = 86_400_000
  const [from, to] = [new Date(now.getTime() - day), new Date(now.getTime() + YEARS * 365 * day)]
  const cert = makeCertificate({ name: NAME, hosts: [NAME], key, publicKey, from, to })
  return { cert, key: key.export({ type: 'pkcs8', format: 'pem' }).toString() }
}

/** What an address stands for; null for all that are not ours, and while there is no bounce domain. */
async function ours(db: Database, address: string): Promise<Returned | null> {
  const { bounceDomain } = await readSettings(db)
  return bounceDomain === null ? null : readReturnPath(await keyring(db, 'tracking'), address, bounceDomain)
}

type MailStream = Readable & { sizeExceeded?: boolean }

/** Everything that comes, or null when it is more than may be; the stream is read to its end either way. */
async function readAll(stream: MailStream): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    size += (chunk as Buffer).length
    if (size <= MAX_SIZE) chunks.push(chunk as Buffer)
  }
  return size > MAX_SIZE || stream.sizeExceeded === true ? null : Buffer.concat(chunks)
}

const refusal = (code: number, words: string): Error => Object.assign(new Error(words), { responseCode: code })
