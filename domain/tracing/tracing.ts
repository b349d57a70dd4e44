import type { TracePoint } from '../traceContext.ts'

/** What is said of a span. Never anybody's name or address, no values of statements, no bodies, no queries of addresses. */
export type Attributes = Record<string, string | number | boolean>

export type SpanOptions = {
  /** On which side of a call it is. */
  kind: 'internal' | 'server' | 'client'
  attributes?: Attributes
  /** What it is a part of; the span under way when left out, nothing when null. */
  parent?: TracePoint | null | undefined
  /** It begins a trace of its own, which names this one. */
  link?: TracePoint | null | undefined
}

/** A piece of work that is under way. */
export type Span = {
  readonly point: TracePoint
  rename(name: string): void
  set(attributes: Attributes): void
  /** It went wrong; by what kind of error, without its words: they quote values. */
  fail(type: string): void
  end(): void
}

/** A span that is over already, told by a workflow, whose ids follow from its run. */
export type Told = { name: string; point: TracePoint; parent: TracePoint; began: number; ended: number }

/** The traces of a process. */
export type Tracing = {
  start(name: string, options: SpanOptions): Span
  /** Does something as a part of a span: what it begins, also later, is a part of it, too. */
  within<T>(span: Span, act: () => T): T
  /** The span under way, if any. */
  active(): Span | undefined
  /** @param failed the kind of error that ended it; null when it came to its end */
  tell(told: Told, attributes: Attributes, failed: string | null): void
  /** Sends what has not been sent. Never throws, and takes `patience` milliseconds at most. */
  stop(patience: number): Promise<void>
}

let current: Tracing | null = null

/** The traces of this process; null when nobody collects them. */
export const currentTracing = (): Tracing | null => current

/** From now on these are the traces of this process. */
export function setTracing(tracing: Tracing | null): void {
  current = tracing
}

/**
 * Does something as a span of its own. Without tracing it is done, and that is all.
 *
 * @param name how it is found: of a few kinds, without ids
 * @throws what the act threw; the span then says the kind of error
 */
export async function traced<T>(
  name: string,
  options: SpanOptions,
  act: (span: Span | null) => Promise<T>,
): Promise<T> {
  const tracing = current
  if (tracing === null) return act(null)
  const span = tracing.start(name, options)
  try {
    return await tracing.within(span, () => act(span))
  } catch (error) {
    const kind = kindOf(error)
    if (kind !== null) span.fail(kind)
    throw error
  } finally {
    span.end()
  }
}

/** What an error is called; null for what is none: a worker that goes cancels what it has in hand. */
export function kindOf(error: unknown): string | null {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown }
  if (name === 'CancelledFailure' || name === 'ContinueAsNew') return null
  if (typeof code === 'string') return code
  return typeof name === 'string' ? name : typeof error
}

/** What lines of the log say of the span under way: nothing when there is none. */
export function traceIds(): { trace_id?: string; span_id?: string } {
  const point = current?.active()?.point
  return point === undefined ? {} : { trace_id: point.traceId, span_id: point.spanId }
}
