import type { AddressInfo } from 'node:net'
import { createServer, type Socket } from 'node:net'

/** What a mail server with a fault does with one message; the n-th entry for the n-th, then the last one again. */
export type Behaviour =
  | 'accept'
  | 'silent'
  | 'drop at DATA'
  | 'drop in DATA'
  | 'drop after the final dot'
  | { refuse: 'MAIL' | 'RCPT' | 'DATA' | 'dot'; answer: string }

/** A message that the server took or began to take. */
export type TakenMail = { to: string; source: string; answered: boolean }

export type FaultyServer = { url: string; mails: TakenMail[]; connections: () => number; close(): Promise<void> }

/**
 * A mail server on a bare socket that misbehaves as told: libraries that speak SMTP correctly can't.
 *
 * @param behaviours by message, counted over all connections
 */
export async function startFaultyServer(behaviours: readonly Behaviour[]): Promise<FaultyServer> {
  const mails: TakenMail[] = []
  const sockets = new Set<Socket>()
  let messages = 0
  let connections = 0
  const next = () => behaviours[Math.min(messages++, behaviours.length - 1)] ?? 'accept'
  const server = createServer((socket) => {
    connections += 1
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    new Session(socket, next, mails).begin()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}?connectionTimeout=500&greetingTimeout=500&socketTimeout=500`,
    mails,
    connections: () => connections,
    close: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => done())
      }),
  }
}

class Session {
  private readonly socket: Socket
  private readonly nextBehaviour: () => Behaviour
  private readonly mails: TakenMail[]
  private behaviour: Behaviour = 'accept'
  private input = ''
  private data: string | null = null
  private to = ''

  constructor(socket: Socket, nextBehaviour: () => Behaviour, mails: TakenMail[]) {
    this.socket = socket
    this.nextBehaviour = nextBehaviour
    this.mails = mails
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
    if (verb === 'MAIL') this.behaviour = this.nextBehaviour()
    if (this.behaviour === 'silent' && verb !== 'EHLO') return
    const refusal = typeof this.behaviour === 'object' && this.behaviour.refuse === verb ? this.behaviour.answer : null
    if (verb === 'RCPT') this.to = /<(.*)>/.exec(line)?.[1] ?? ''
    if (refusal !== null) this.say(refusal)
    else if (verb === 'QUIT') this.socket.end('221 bye\r\n')
    else if (verb !== 'DATA') this.say('250 ok')
    else if (this.behaviour === 'drop at DATA') this.socket.destroy()
    else {
      this.data = ''
      this.say('354 go on')
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
    this.mails.push({ to: this.to, source, answered: !dropped })
    if (dropped) this.socket.destroy()
    else this.say('250 2.0.0 taken')
  }
}
