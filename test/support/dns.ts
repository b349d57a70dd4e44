import { createSocket } from 'node:dgram'
import { once } from 'node:events'

/** What names have: texts as `TXT`, mail servers as `MX`. */
export type Zone = Readonly<Record<string, { TXT?: readonly string[]; MX?: readonly string[] }>>

const TYPES: Readonly<Record<number, 'TXT' | 'MX'>> = { 15: 'MX', 16: 'TXT' }
const NO_SUCH_NAME = 3

/**
 * A DNS server on a free UDP port that knows a few names and speaks the real protocol (RFC 1035), as resolvers expect it:
 * a name that isn't there is NXDOMAIN, one without such records an empty answer, one that is named in `silent` gets none.
 */
export async function startDns(zone: Zone, silent: readonly string[] = []): Promise<{ server: string; close(): void }> {
  const socket = createSocket('udp4')
  socket.on('message', (query, { port, address }) => {
    const { name, end } = readName(query, 12)
    if (silent.includes(name)) return
    socket.send(answer(query.subarray(0, end + 4), name, query.readUInt16BE(end), zone), port, address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return { server: `127.0.0.1:${socket.address().port}`, close: () => socket.close() }
}

/** The header and the question of a query, with the answers behind them. */
function answer(question: Buffer, name: string, type: number, zone: Zone): Buffer {
  const known = zone[name.toLowerCase()]
  const kind = TYPES[type]
  const records = (kind === undefined ? undefined : known?.[kind]) ?? []
  const header = Buffer.from(question)
  header.writeUInt16BE(0x8180 | (known === undefined ? NO_SUCH_NAME : 0), 2)
  header.writeUInt16BE(records.length, 6)
  header.writeUInt32BE(0, 8)
  return Buffer.concat([header, ...records.map((record) => resource(type, kind === 'MX' ? mx(record) : txt(record)))])
}

/** A record for the name of the question, which a pointer repeats. */
function resource(type: number, data: Buffer): Buffer {
  const head = Buffer.alloc(12)
  head.writeUInt16BE(0xc00c, 0)
  head.writeUInt16BE(type, 2)
  head.writeUInt16BE(1, 4)
  head.writeUInt32BE(60, 6)
  head.writeUInt16BE(data.length, 10)
  return Buffer.concat([head, data])
}

/** Texts are cut into parts of at most 255 bytes. */
function txt(text: string): Buffer {
  const bytes = Buffer.from(text)
  const parts: Buffer[] = []
  for (let at = 0; at < Math.max(bytes.length, 1); at += 255) {
    const part = bytes.subarray(at, at + 255)
    parts.push(Buffer.from([part.length]), part)
  }
  return Buffer.concat(parts)
}

const mx = (exchange: string) => Buffer.concat([Buffer.from([0, 10]), writeName(exchange)])

function readName(message: Buffer, start: number): { name: string; end: number } {
  const labels: string[] = []
  let at = start
  for (let length = message[at] ?? 0; length !== 0; length = message[at] ?? 0) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length))
    at += length + 1
  }
  return { name: labels.join('.'), end: at + 1 }
}

const writeName = (name: string) =>
  Buffer.concat([
    ...name.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)])),
    Buffer.from([0]),
  ])
