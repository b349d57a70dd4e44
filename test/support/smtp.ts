import { generateKeyPairSync } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { createServer, type Socket } from 'node:net'
import { createServer as createSecureServer, TLSSocket } from 'node:tls'
import { makeCertificate } from '../../domain/feedback/certificate.ts'

const SILENT_AFTER_DOT = 'silent after the final dot'

/** What a mail server with a fault does with one message; the n-th entry for the n-th, then the last one again. */
export type Behaviour =
  | 'accept'
  | 'silent'
  | 'drop at DATA'
  | 'drop in DATA'
  | 'drop after the final dot'
  | typeof SILENT_AFTER_DOT
  | { refuse: 'MAIL' | 'RCPT' | 'DATA' | 'dot'; answer: string }

/**
 * How it speaks TLS: announces STARTTLS and then refuses it, goes away in the handshake, or shows a certificate that
 * nobody signed; or speaks nothing but TLS, with such a certificate.
 */
export type Encryption = 'STARTTLS refused' | 'handshake broken' | 'wrong certificate' | 'smtps, wrong certificate'

/** A message that the server took or began to take. */
export type TakenMail = { to: string; source: string; answered: boolean }

/** What it does by who it is for, and how often that recipient was named before. */
export type ByRecipient = (to: string, before: number) => Behaviour

export type FaultyServer = { url: string; mails: TakenMail[]; connections: () => number; close(): Promise<void> }

/**
 * A mail server on a bare socket that misbehaves as told: libraries that speak SMTP correctly can't.
 *
 * @param behaviours by message, counted over all connections, or by recipient
 */
export async function startFaultyServer(
  behaviours: readonly Behaviour[] | ByRecipient,
  encryption?: Encryption,
): Promise<FaultyServer> {
  const mails: TakenMail[] = []
  const sockets = new Set<Socket>()
  let messages = 0
  let connections = 0
  const named = new Map<string, number>()
  const byRecipient = typeof behaviours === 'function' ? behaviours : null
  const choices = typeof behaviours === 'function' ? [] : behaviours
  const next: Choose = {
    message: () => choices[Math.min(messages++, choices.length - 1)] ?? 'accept',
    recipient: (to, chosen) => {
      const before = named.get(to) ?? 0
      named.set(to, before + 1)
      return byRecipient?.(to, before) ?? chosen
    },
  }
  const begin = (socket: Socket) => {
    connections += 1
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    new Session(socket, { choose: next, mails, encryption }).begin()
  }
  const secure = encryption === 'smtps, wrong certificate'
  const server = secure ? createSecureServer(unsigned(), begin) : createServer(begin)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  // silence is waited for briefly where it is to come; elsewhere a machine that stands still is not a server that does
  const canBeSilent = byRecipient !== null || choices.some((one) => one === 'silent' || one === SILENT_AFTER_DOT)
  const patience = `connectionTimeout=20000&greetingTimeout=20000&socketTimeout=${canBeSilent ? 500 : 20_000}`
  return {
    url: `${secure ? 'smtps' : 'smtp'}://127.0.0.1:${port}?${patience}`,
    mails,
    connections: () => connections,
    close: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => done())
      }),
  }
}

/** What is done with the next message, as it begins and once it is known who it is for. */
type Choose = { message: () => Behaviour; recipient: (to: string, chosen: Behaviour) => Behaviour }

/** A key with a certificate for another host that it signed itself. */
function unsigned(): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const day = 86_400_000
  const [from, to] = [new Date(Date.now() - day), new Date(Date.now() + day)]
  const cert = makeCertificate({ name: 'other.test', hosts: ['other.test'], key: privateKey, publicKey, from, to })
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), cert }
}

type SessionParts = { choose: Choose; mails: TakenMail[]; encryption: Encryption | undefined }

class Session {
  private socket: Socket
  private readonly choose: Choose
  private readonly mails: TakenMail[]
  private readonly encryption: Encryption | undefined
  private behaviour: Behaviour = 'accept'
  private input = ''
  private data: string | null = null
  private to = ''

  constructor(socket: Socket, { choose, mails, encryption }: SessionParts) {
    this.socket = socket
    this.choose = choose
    this.mails = mails
    this.encryption = encryption
  }

  begin(): void {
    this.socket.on('data', (chunk) => this.read(chunk.toString('utf8')))
    this.say('220 faulty')
  }

  private say(line: string): void {
    this.socket.write(`${line}\r\n`)
  }

  private read(chunk: string): void {
    if (this.data !== null) {
      this.readData(chunk)
      return
    }
    this.input += chunk
    for (let end = this.input.indexOf('\r\n'); end !== -1 && this.data === null; end = this.input.indexOf('\r\n')) {
      const line = this.input.slice(0, end)
      this.input = this.input.slice(end + 2)
      this.command(line)
    }
  }

  private command(line: string): void {
    const verb = line.slice(0, 4).toUpperCase()
    if (verb === 'MAIL') this.behaviour = this.choose.message()
    if (verb === 'RCPT') {
      this.to = /<(.*)>/.exec(line)?.[1] ?? ''
      this.behaviour = this.choose.recipient(this.to, this.behaviour)
    }
    if (this.behaviour === 'silent' && verb !== 'EHLO') return
    const refusal = typeof this.behaviour === 'object' && this.behaviour.refuse === verb ? this.behaviour.answer : null
    if (refusal !== null) this.say(refusal)
    else if (verb === 'STAR') this.encrypt()
    else if (verb === 'EHLO' && this.encryption !== undefined) this.say('250-faulty\r\n250 STARTTLS')
    else if (verb === 'QUIT') this.socket.end('221 bye\r\n')
    else if (verb !== 'DATA') this.say('250 ok')
    else if (this.behaviour === 'drop at DATA') this.socket.destroy()
    else {
      this.data = ''
      this.say('354 go on')
    }
  }

  private encrypt(): void {
    if (this.encryption === 'STARTTLS refused') {
      this.say('454 4.7.0 TLS not available')
      return
    }
    this.socket.removeAllListeners('data')
    this.say('220 go on')
    if (this.encryption === 'handshake broken') this.socket.once('data', () => this.socket.destroy())
    else {
      this.socket = new TLSSocket(this.socket, { isServer: true, ...unsigned() })
      this.socket.on('error', () => {})
      this.socket.on('data', (chunk) => this.read(chunk.toString('utf8')))
    }
  }

  private readData(chunk: string): void {
    this.data += chunk
    if (this.behaviour === 'drop in DATA') this.socket.destroy()
    else if (this.data?.endsWith('\r\n.\r\n')) this.endOfData(this.data)
  }

  private endOfData(source: string): void {
    this.data = null
    if (typeof this.behaviour === 'object' && this.behaviour.refuse === 'dot') {
      this.say(this.behaviour.answer)
      return
    }
    const dropped = this.behaviour === 'drop after the final dot'
    const silent = this.behaviour === SILENT_AFTER_DOT
    this.mails.push({ to: this.to, source, answered: !dropped && !silent })
    if (dropped) this.socket.destroy()
    else if (!silent) this.say('250 2.0.0 taken')
  }
}
