/**
 * Where a trace goes on, in the words of W3C Trace Context. Pure: the workflows carry it on, too. What stands here decides
 * what is written into histories, so a change has to go on understanding what was written before.
 */

/** The header of a call to Temporal that has it, by the name that Temporal's own packages give it in all languages. */
export const TRACE_HEADER = '_tracer-data'

/** A point of a trace: its id (32 hex digits), that of the span (16), and whether anybody keeps it. */
export type TracePoint = { traceId: string; spanId: string; sampled: boolean }

/** What {@link TRACE_HEADER} holds: what a span is a part of, or what it merely follows from. */
export type TraceCarrier = { traceparent?: string; tracelink?: string }

/** Reads a `traceparent`. Null for what is none, whoever sent it. */
export function readTraceparent(text: unknown): TracePoint | null {
  if (typeof text !== 'string') return null
  const [, version, traceId = '', spanId = '', flags = ''] =
    /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-|$)/.exec(text) ?? []
  if (version === undefined || version === 'ff' || /^0+$/.test(traceId) || /^0+$/.test(spanId)) return null
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 }
}

/** The same, written. */
export const writeTraceparent = ({ traceId, spanId, sampled }: TracePoint): string =>
  `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`

/** A value as Temporal carries it. Headers are not encrypted, and hold no payload of anybody's. */
type Payload = { metadata?: Record<string, Uint8Array> | null; data?: Uint8Array | null }

/** What the headers of a call to Temporal say of a trace; nothing when they have none, or something else in its place. */
export function readCarrier(headers: Readonly<Record<string, Payload>>): TraceCarrier {
  const data = headers[TRACE_HEADER]?.data
  if (data === undefined || data === null) return {}
  try {
    const carrier: unknown = JSON.parse(new TextDecoder().decode(data))
    return typeof carrier === 'object' && carrier !== null ? carrier : {}
  } catch {
    return {}
  }
}

/** Headers with one more, by which the other side goes on with a trace. */
export function withCarrier<Other>(headers: Record<string, Other>, carrier: TraceCarrier) {
  const bytes = (text: string) => new TextEncoder().encode(text)
  const payload = { metadata: { encoding: bytes('json/plain') }, data: bytes(JSON.stringify(carrier)) }
  return { ...headers, [TRACE_HEADER]: payload }
}
