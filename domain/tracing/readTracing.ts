type Variables = Readonly<Record<string, string | undefined>>

/** What the standard variables of OpenTelemetry say, as far as its exporter does not read them itself. */
export type TracingSettings = {
  /** Which traces are kept. */
  sampler: { of: 'all' | 'none' | number; byParent: boolean }
  /** How spans are sent: milliseconds and numbers of spans; the SDK's own where they are left out. */
  batches: {
    scheduledDelayMillis?: number
    exportTimeoutMillis?: number
    maxQueueSize?: number
    maxExportBatchSize?: number
  }
}

const PROTOCOL = 'http/protobuf'

/**
 * Reads `OTEL_…`. Traces are collected where `OTEL_EXPORTER_OTLP_ENDPOINT`, or the same for traces alone, says where to.
 *
 * @returns null when they are not
 * @throws Error with the name of the variable that is wrong and what is allowed
 */
export function readTracing(variables: Variables): TracingSettings | null {
  const value = (name: string) => variables[name]?.trim() || undefined
  const endpoint = ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_EXPORTER_OTLP_ENDPOINT'].find(value)
  if (endpoint === undefined || value('OTEL_SDK_DISABLED')?.toLowerCase() === 'true') return null
  const exporter = value('OTEL_TRACES_EXPORTER') ?? 'otlp'
  if (exporter === 'none') return null
  if (exporter !== 'otlp') throw new Error('OTEL_TRACES_EXPORTER has to be otlp or none')
  if (!/^https?:\/\/./.test(value(endpoint) ?? '') || !URL.canParse(value(endpoint) ?? '')) {
    throw new Error(`${endpoint} has to be an address with http:// or https://`)
  }
  for (const name of ['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', 'OTEL_EXPORTER_OTLP_PROTOCOL']) {
    const protocol = value(name)
    if (protocol === undefined) continue
    if (protocol !== PROTOCOL) throw new Error(`${name} has to be ${PROTOCOL}, which every collector takes`)
    break
  }
  const batches = Object.entries(BATCHES).flatMap(([name, option]) => {
    const text = value(name)
    return text === undefined ? [] : [[option, wholeNumber(name, text)]]
  })
  return { sampler: readSampler(value), batches: Object.fromEntries(batches) }
}

const BATCHES = {
  OTEL_BSP_SCHEDULE_DELAY: 'scheduledDelayMillis',
  OTEL_BSP_EXPORT_TIMEOUT: 'exportTimeoutMillis',
  OTEL_BSP_MAX_QUEUE_SIZE: 'maxQueueSize',
  OTEL_BSP_MAX_EXPORT_BATCH_SIZE: 'maxExportBatchSize',
} as const

function wholeNumber(name: string, text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number > 0 && number < 2 ** 31) return number
  throw new Error(`${name} has to be a whole number above 0`)
}

const KINDS: Readonly<Record<string, TracingSettings['sampler']['of'] | 'ratio'>> = {
  always_on: 'all',
  always_off: 'none',
  traceidratio: 'ratio',
}

function readSampler(value: (name: string) => string | undefined): TracingSettings['sampler'] {
  const name = value('OTEL_TRACES_SAMPLER') ?? 'parentbased_always_on'
  const kind = KINDS[name.replace(/^parentbased_/, '')]
  if (kind === undefined) {
    const allowed = Object.keys(KINDS).flatMap((one) => [one, `parentbased_${one}`])
    throw new Error(`OTEL_TRACES_SAMPLER has to be one of ${allowed.join(', ')}`)
  }
  const byParent = name.startsWith('parentbased_')
  if (kind !== 'ratio') return { of: kind, byParent }
  const share = Number(value('OTEL_TRACES_SAMPLER_ARG') ?? 1)
  if (!(share >= 0 && share <= 1)) throw new Error('OTEL_TRACES_SAMPLER_ARG has to be a number from 0 to 1')
  return { of: share, byParent }
}
