import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Database } from '../database.ts'
import { isSigned } from '../deliveries/channels/smsGateway.ts'
import { decryptPush, type PlayedBrowser } from './decryptPush.ts'
import { storeMessage } from './storeMessage.ts'

/** What is said between us and the gateway that the inbox plays. It listens on the loopback interface only. */
export const LOCAL_SMS_SECRET = 'local-inbox'
/** The sender of messages to telephones while nobody has set one. */
export const LOCAL_SMS_FROM = '+15005550006'

const MAX_BODY = 64 * 1024

type Asked = { request: IncomingMessage; path: string; body: Buffer }
type Answer = { status: number; body?: unknown }

/**
 * Plays those who carry messages to telephones and browsers: a gateway of our own request (`POST /sms`), Twilio's
 * (`POST /2010-04-01/Accounts/…/Messages.json`) and a push service (`POST /push/…`, RFC 8030). Each message is kept in the
 * inbox and has arrived. Numbers that end in 0000 don't exist; browsers whose address ends in `gone` are gone.
 */
export async function startGateways(
  db: Database,
  {
    port,
    clock,
    browser,
    onTrouble,
  }: {
    port: number
    clock: () => Date
    browser: PlayedBrowser
    onTrouble: (error: unknown) => void
  },
): Promise<{ port: number; stop(): Promise<void> }> {
  const answer = async (asked: Asked): Promise<Answer> => {
    if (asked.request.method !== 'POST') return { status: 405 }
    if (asked.path === '/sms') return takeSms(db, asked, clock())
    if (/^\/2010-04-01\/Accounts\/[^/]+\/Messages\.json$/.test(asked.path)) return takeTwilio(db, asked, clock())
    if (asked.path.startsWith('/push/')) return takePush(db, asked, browser, clock())
    return { status: 404 }
  }
  const server = createServer((request, response) => {
    readBody(request)
      .then((body) => answer({ request, path: (request.url ?? '').split('?')[0] ?? '', body }))
      .catch((error: unknown): Answer => {
        onTrouble(error)
        return { status: 503, body: { reason: 'The message could not be kept, please try again' } }
      })
      .then((given) => send(response, given))
  })
  await new Promise<void>((done, fail) => {
    server.once('error', fail)
    server.listen(port, '127.0.0.1', done)
  })
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += (chunk as Buffer).length
    if (size <= MAX_BODY) chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks)
}

function send(response: ServerResponse, { status, body }: Answer): void {
  const text = body === undefined ? '' : JSON.stringify(body)
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
  response.end(text)
}

const isNobody = (number: string) => /0000$/.test(number)

async function takeSms(db: Database, { request, body }: Asked, now: Date): Promise<Answer> {
  const { 'perennial-timestamp': timestamp, 'perennial-signature': signature } = request.headers
  const headers = { timestamp: text(timestamp), signature: text(signature) }
  if (!isSigned(LOCAL_SMS_SECRET, body, headers, now)) return { status: 401, body: { reason: 'Not signed' } }
  const { id, from, to, text: words } = JSON.parse(body.toString('utf8')) as Record<string, string>
  if (isNobody(to ?? '')) return { status: 410, body: { reason: 'There is no such number here' } }
  await storeMessage(
    db,
    {
      channel: 'sms',
      sender: from ?? '',
      recipient: to ?? '',
      subject: words ?? '',
      body: words ?? '',
      messageId: id ?? null,
    },
    now,
  )
  return { status: 202, body: { id } }
}

/** As Twilio's API of 2010 answers: https://www.twilio.com/docs/messaging/api/message-resource */
async function takeTwilio(db: Database, { request, body }: Asked, now: Date): Promise<Answer> {
  if (!(request.headers.authorization ?? '').startsWith('Basic ')) {
    return { status: 401, body: { code: 20_003, message: 'Authenticate', status: 401 } }
  }
  const form = new URLSearchParams(body.toString('utf8'))
  const of = (name: string) => form.get(name) ?? ''
  if (isNobody(of('To'))) {
    return { status: 400, body: { code: 21_211, message: `Invalid 'To' Phone Number: ${of('To')}`, status: 400 } }
  }
  const callback = URL.parse(of('StatusCallback'))
  const messageId = callback?.searchParams.get('id') ?? null
  const sid = `SM${createHash('md5')
    .update(messageId ?? of('Body'))
    .digest('hex')}`
  await storeMessage(
    db,
    { channel: 'sms', sender: of('From'), recipient: of('To'), subject: of('Body'), body: of('Body'), messageId },
    now,
  )
  return {
    status: 201,
    body: { sid, status: 'queued', to: of('To'), from: of('From'), body: of('Body'), num_segments: '1' },
  }
}

async function takePush(
  db: Database,
  { request, path, body }: Asked,
  browser: PlayedBrowser,
  now: Date,
): Promise<Answer> {
  if (path.endsWith('gone')) return { status: 410, body: { reason: 'This browser is gone' } }
  const signed = /^vapid t=[\w-]+\.[\w-]+\.[\w-]+, ?k=[\w-]+$/.test(request.headers.authorization ?? '')
  if (!signed || request.headers.ttl === undefined)
    return { status: 400, body: { reason: 'Not as RFC 8030 and 8292 say' } }
  const notice = JSON.parse(decryptPush(body, browser).toString('utf8')) as Record<string, string | null>
  const lines = [notice.text, notice.url].filter((line) => line !== null && line !== undefined)
  await storeMessage(
    db,
    {
      channel: 'push',
      sender: 'push',
      recipient: path.slice('/push/'.length),
      subject: notice.title ?? '',
      body: lines.join('\n\n'),
      messageId: notice.message ?? null,
    },
    now,
  )
  return { status: 201 }
}

const text = (header: string | string[] | undefined) => (typeof header === 'string' ? header : undefined)
