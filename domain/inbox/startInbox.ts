import type { AddressInfo } from 'node:net'
import type { Readable } from 'node:stream'
import { SMTPServer } from 'smtp-server'
import type { Database } from '../database.ts'
import { comesBack, Greylist, type Refusal, refuseAddress } from './recipients.ts'
import { sendBack } from './sendBack.ts'
import { readHead, storeMail } from './storeMail.ts'
import { trimMails } from './trimMails.ts'

/** The largest mail that is taken, in bytes. */
const MAX_SIZE = 10 * 1024 * 1024
/** After so many mails the oldest are removed. */
const TRIM_EVERY = 200

export type Inbox = { port: number; stop(): Promise<void> }

/**
 * The local mail server: keeps every mail in the database, plays recipients that refuse (see `recipients.ts`), and
 * listens on the loopback interface only.
 *
 * @param port 0 for any
 * @param bounces the port on this machine that takes mail that comes back; without it none does
 * @param onTrouble told when a mail could not be kept; the sender is asked to try again
 */
export async function startInbox(
  db: Database,
  {
    port,
    bounces,
    clock,
    onTrouble,
  }: { port: number; bounces?: number; clock: () => Date; onTrouble: (error: unknown) => void },
): Promise<Inbox> {
  const greylist = new Greylist()
  let stored = 0

  const take = async (stream: Readable & { sizeExceeded?: boolean }, sender: string, recipients: string[]) => {
    const source = await readAll(stream)
    if (source === null) throw refusal({ code: 552, words: `5.3.4 A mail may have ${MAX_SIZE} bytes` })
    const head = await readHead(source)
    const later = greylist.refuse(recipients, head.messageId)
    if (later !== null) throw refusal(later)
    const back = bounces === undefined || sender === '' ? [] : recipients.filter(comesBack)
    const kept = recipients.filter((address) => !back.includes(address))
    await storeMail(db, { sender, recipients: kept, source, ...head }, clock())
    for (const recipient of back) {
      void sendBack({ recipient, sender, source, messageId: head.messageId }, bounces ?? 0, clock()).catch(onTrouble)
    }
    stored += 1
    if (stored % TRIM_EVERY === 0) await trimMails(db)
  }

  const server = new SMTPServer({
    name: 'inbox.perennial.test',
    banner: 'Perennial local inbox',
    size: MAX_SIZE,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    socketTimeout: 60_000,
    closeTimeout: 5_000,
    onRcptTo: ({ address }, _session, done) => {
      const refused = refuseAddress(address)
      done(refused === null ? null : refusal(refused))
    },
    onData: (stream, session, done) => {
      const { mailFrom, rcptTo } = session.envelope
      const sender = mailFrom === false ? '' : mailFrom.address
      take(
        stream,
        sender,
        rcptTo.map(({ address }) => address),
      ).then(
        () => done(null),
        (error: unknown) => {
          if (error instanceof Error && 'responseCode' in error) return done(error)
          onTrouble(error)
          done(refusal({ code: 451, words: '4.3.0 The mail could not be kept, please try again' }))
        },
      )
    },
  })
  // a peer that goes away in the middle is no trouble of ours
  server.on('error', onTrouble)
  await new Promise<void>((done, fail) => {
    server.server.once('error', fail)
    server.listen(port, '127.0.0.1', done)
  })
  return {
    port: (server.server.address() as AddressInfo).port,
    stop: () => new Promise((done) => server.close(() => done())),
  }
}

/** Everything that comes, or null when it is more than may be; the stream is read to its end either way. */
async function readAll(stream: Readable & { sizeExceeded?: boolean }): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    size += (chunk as Buffer).length
    if (size <= MAX_SIZE) chunks.push(chunk as Buffer)
  }
  return size > MAX_SIZE || stream.sizeExceeded === true ? null : Buffer.concat(chunks)
}

function refusal({ code, words }: Refusal): Error {
  return Object.assign(new Error(words), { responseCode: code })
}
