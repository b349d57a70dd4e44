import { lookup as resolve } from 'node:dns'
import { type ClientRequest, request as plain } from 'node:http'
import { request as secure } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { writeTraceparent } from '../../traceContext.ts'
import { traced } from '../../tracing/tracing.ts'

/**
 * What became of a call: `answered` by the other side; `unreached` when it certainly has not got the whole of it; `lost`
 * when it may have.
 */
export type Posted =
  | { state: 'answered'; status: number; words: string }
  | { state: 'unreached'; words: string }
  | { state: 'lost'; words: string }

const TIMEOUT = 15_000
/** As much of an answer is read. */
const MAX_ANSWER = 4_096

/** Networks that are nobody's but ours: a message must not become a call to the machine next door. */
const PRIVATE = new BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  PRIVATE.addSubnet(network, bits, 'ipv4')
}
for (const [network, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  PRIVATE.addSubnet(network, bits, 'ipv6')
}

/** True when an address, in figures, belongs to this machine or a network of its own. */
export function isPrivateAddress(address: string): boolean {
  const inner = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (inner !== undefined) return PRIVATE.check(inner, 'ipv4')
  return PRIVATE.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

/** Finds the address of a host, and refuses one that is private; the connection then goes to exactly that address. */
const publicLookup: LookupFunction = (host, options, done) => {
  resolve(host, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return done(error, '')
    const [first] = addresses.filter(({ address }) => !isPrivateAddress(address))
    if (first === undefined) return done(refusal(host), '')
    if (options.all === true) return done(null, [first])
    done(null, first.address, first.family)
  })
}

const refusal = (host: string) => new Error(`${host} is an address inside our own network`)

/**
 * Posts a body. Redirects are not followed: an address that somebody registered must not lead to another one.
 *
 * @param options `allowPrivate` whether the address may be one of this machine or network, as that of a gateway next door is;
 *   `traced` whether the other side is told which of our traces it is a part of
 */
export function post(
  url: URL,
  body: Buffer,
  options: { headers: Readonly<Record<string, string | number>>; allowPrivate: boolean; traced?: boolean },
): Promise<Posted> {
  if (options.traced !== true) return send(url, body, options)
  const attributes = { 'http.request.method': 'POST', 'server.address': url.hostname }
  return traced('POST webhook', { kind: 'client', attributes }, async (span) => {
    const own = span === null ? {} : { traceparent: writeTraceparent(span.point) }
    const posted = await send(url, body, { ...options, headers: { ...options.headers, ...own } })
    if (posted.state === 'answered') span?.set({ 'http.response.status_code': posted.status })
    else span?.fail(posted.state)
    return posted
  })
}

function send(
  url: URL,
  body: Buffer,
  { headers, allowPrivate }: { headers: Readonly<Record<string, string | number>>; allowPrivate: boolean },
): Promise<Posted> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (!allowPrivate && isIP(host) !== 0 && isPrivateAddress(host)) {
    return Promise.resolve({ state: 'unreached', words: refusal(host).message })
  }
  return new Promise((done) => {
    const open = url.protocol === 'https:' ? secure : plain
    const options = { method: 'POST', headers: { ...headers, 'content-length': body.length }, timeout: TIMEOUT }
    const request = open(url, allowPrivate ? options : { ...options, lookup: publicLookup })
    let written = false
    request.on('finish', () => {
      written = true
    })
    request.on('timeout', () => request.destroy(new Error(`no answer within ${TIMEOUT / 1_000} s`)))
    request.on('error', (error) => done({ state: written ? 'lost' : 'unreached', words: error.message }))
    readAnswer(request, done)
    request.end(body)
  })
}

function readAnswer(request: ClientRequest, done: (posted: Posted) => void): void {
  request.on('response', (response) => {
    const chunks: Buffer[] = []
    let size = 0
    response.on('data', (chunk: Buffer) => {
      if (size < MAX_ANSWER) chunks.push(chunk)
      size += chunk.length
    })
    // the status alone says what became of it, also when the rest of the answer is lost
    response.on('close', () => {
      const words = Buffer.concat(chunks).toString('utf8').slice(0, MAX_ANSWER)
      done({ state: 'answered', status: response.statusCode ?? 0, words })
    })
    response.on('error', () => {})
  })
}
