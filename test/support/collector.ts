import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'

/** A span as a collector gets it. */
export type CollectedSpan = {
  traceId: string
  spanId: string
  /** Empty: it begins its trace. */
  parent: string
  /** The spans that it names, as `trace/span`. */
  links: string[]
  name: string
  /** `service.name` of the process. */
  service: string
  attributes: Record<string, string>
  failed: boolean
}

export type Collector = {
  /** For `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  url: string
  spans: CollectedSpan[]
  /** Everything that came, as text: to look for what must not be there. */
  raw(): string
  close(): Promise<void>
}

/** A collector of OpenTelemetry that takes traces over OTLP/HTTP with protocol buffers, on a free port. */
export async function startCollector(): Promise<Collector> {
  const spans: CollectedSpan[] = []
  const bodies: Buffer[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const sent = Buffer.concat(parts)
      const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent
      bodies.push(body)
      if (request.url === '/v1/traces') spans.push(...readRequest(body))
      response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    raw: () => Buffer.concat(bodies).toString('utf8'),
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

/** The fields of a message by their numbers: what is written with a length as bytes, everything else as a number. */
type Fields = Map<number, Array<Buffer | bigint>>

function readFields(bytes: Buffer): Fields {
  const fields: Fields = new Map()
  let at = 0
  const varint = (): bigint => {
    let value = 0n
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++] ?? 0
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return value
    }
  }
  const take = (length: number) => {
    at += length
    return bytes.subarray(at - length, at)
  }
  while (at < bytes.length) {
    const tag = Number(varint())
    const kind = tag & 7
    const value = kind === 0 ? varint() : take(kind === 2 ? Number(varint()) : kind === 1 ? 8 : 4)
    fields.set(tag >> 3, [...(fields.get(tag >> 3) ?? []), value])
  }
  return fields
}

const messages = (fields: Fields, number: number): Fields[] =>
  (fields.get(number) ?? []).map((one) => readFields(one as Buffer))
const text = (fields: Fields, number: number, encoding: BufferEncoding = 'utf8'): string =>
  ((fields.get(number)?.[0] ?? Buffer.alloc(0)) as Buffer).toString(encoding)

/** Attributes, whatever their kind, as text. */
const attributesOf = (fields: Fields, number: number): Record<string, string> =>
  Object.fromEntries(
    messages(fields, number).map((pair) => {
      const [value] = messages(pair, 2)
      const [first] = [...(value?.values() ?? [])].flat()
      return [text(pair, 1), Buffer.isBuffer(first) ? first.toString('utf8') : String(first)]
    }),
  )

/** By the numbers of opentelemetry/proto/collector/trace/v1 and trace/v1. */
function readRequest(body: Buffer): CollectedSpan[] {
  return messages(readFields(body), 1).flatMap((ofProcess) => {
    const [resource] = messages(ofProcess, 1)
    const service = resource === undefined ? '' : (attributesOf(resource, 1)['service.name'] ?? '')
    return messages(ofProcess, 2)
      .flatMap((ofLibrary) => messages(ofLibrary, 2))
      .map((span) => ({
        traceId: text(span, 1, 'hex'),
        spanId: text(span, 2, 'hex'),
        parent: text(span, 4, 'hex'),
        links: messages(span, 13).map((link) => `${text(link, 1, 'hex')}/${text(link, 2, 'hex')}`),
        name: text(span, 5),
        service,
        attributes: attributesOf(span, 9),
        failed: messages(span, 15).some((status) => status.get(3)?.[0] === 2n),
      }))
  })
}
