import { AsyncLocalStorage } from 'node:async_hooks'
import type { Context, Link, SpanContext, Span as TheirSpan } from '@opentelemetry/api'
import type { TracePoint } from '../traceContext.ts'
import { readTracing, type TracingSettings } from './readTracing.ts'
import { type Attributes, type Span, type SpanOptions, setTracing, type Told, type Tracing } from './tracing.ts'

/** How long nothing more is said of spans that could not be sent, in milliseconds. */
const QUIET = 60_000

type Variables = Readonly<Record<string, string | undefined>>

/**
 * Begins to collect traces for as long as the process runs, where the environment says so. Nothing of OpenTelemetry is loaded
 * where it does not.
 *
 * @param service what the process is called where `OTEL_SERVICE_NAME` is not set
 * @param onTrouble told when spans can't be sent, once a minute at most
 * @returns null when nobody collects them
 * @throws Error with the name of a variable that is wrong
 */
export async function startTracing(
  variables: Variables,
  service: string,
  onTrouble: (words: string) => void,
): Promise<Tracing | null> {
  const settings = readTracing(variables)
  if (settings === null) return null
  const tracing = await open(settings, service, onTrouble)
  setTracing(tracing)
  return tracing
}

async function open(
  { sampler, batches }: TracingSettings,
  service: string,
  onTrouble: (words: string) => void,
): Promise<Tracing> {
  const [api, sdk, { OTLPTraceExporter }, resources] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-proto'),
    import('@opentelemetry/resources'),
  ])
  api.diag.setLogger(seldom(onTrouble), { logLevel: api.DiagLogLevel.WARN, suppressOverrideMessage: true })

  const root =
    sampler.of === 'all'
      ? new sdk.AlwaysOnSampler()
      : sampler.of === 'none'
        ? new sdk.AlwaysOffSampler()
        : new sdk.TraceIdRatioBasedSampler(sampler.of)
  // the ids of a workflow's span follow from its run, so that all of its activities name the same one
  const random = new sdk.RandomIdGenerator()
  let given: string | undefined
  const provider = new sdk.TracerProvider({
    sampler: sampler.byParent ? new sdk.ParentBasedSampler({ root }) : root,
    resource: resources
      .defaultResource()
      .merge(resources.resourceFromAttributes({ 'service.name': service }))
      .merge(resources.detectResources({ detectors: [resources.envDetector] })),
    idGenerator: {
      generateTraceId: () => random.generateTraceId(),
      generateSpanId: () => given ?? random.generateSpanId(),
    },
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter: new OTLPTraceExporter(), ...batches })],
  })
  const tracer = provider.getTracer('perennial')
  const kinds = { internal: api.SpanKind.INTERNAL, server: api.SpanKind.SERVER, client: api.SpanKind.CLIENT }
  const storage = new AsyncLocalStorage<Span>()

  const contextOf = (point: TracePoint): SpanContext => ({
    traceId: point.traceId,
    spanId: point.spanId,
    traceFlags: point.sampled ? api.TraceFlags.SAMPLED : api.TraceFlags.NONE,
    isRemote: true,
  })
  const under = (point: TracePoint | undefined): Context =>
    point === undefined ? api.ROOT_CONTEXT : api.trace.setSpanContext(api.ROOT_CONTEXT, contextOf(point))

  const start = (name: string, { kind, attributes = {}, parent, link }: SpanOptions): Span => {
    const links: Link[] = link ? [{ context: contextOf(link) }] : []
    const begun = link || parent === null ? undefined : (parent ?? storage.getStore()?.point)
    return wrap(tracer.startSpan(name, { kind: kinds[kind], attributes, links }, under(begun)))
  }
  const wrap = (span: TheirSpan): Span => {
    const { traceId, spanId, traceFlags } = span.spanContext()
    return {
      point: { traceId, spanId, sampled: (traceFlags & api.TraceFlags.SAMPLED) !== 0 },
      rename: (name) => void span.updateName(name),
      set: (attributes) => void span.setAttributes(attributes),
      fail: (type) => {
        span.setAttribute('error.type', type)
        span.setStatus({ code: api.SpanStatusCode.ERROR })
      },
      end: () => span.end(),
    }
  }
  const tell = ({ name, point, parent, began, ended }: Told, attributes: Attributes, failed: string | null) => {
    given = point.spanId
    const span = tracer.startSpan(name, { kind: kinds.internal, attributes, startTime: began }, under(parent))
    given = undefined
    if (failed !== null) wrap(span).fail(failed)
    span.end(ended)
  }
  return {
    start,
    tell,
    within: (span, act) => storage.run(span, act),
    active: () => storage.getStore(),
    stop: async (patience) => {
      setTracing(null)
      const late = new Promise<void>((done) => setTimeout(done, patience).unref())
      await Promise.race([provider.shutdown().catch(() => {}), late])
    },
  }
}

/** What OpenTelemetry has to say to whoever runs this, once in a while. */
function seldom(onTrouble: (words: string) => void) {
  let next = Number.NEGATIVE_INFINITY
  const say = (words: string) => {
    if (performance.now() < next) return
    next = performance.now() + QUIET
    onTrouble(words.slice(0, 500))
  }
  const quiet = () => {}
  return { error: say, warn: say, info: quiet, debug: quiet, verbose: quiet }
}
