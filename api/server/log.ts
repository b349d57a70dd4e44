import { type Logger, pino } from 'pino'

/**
 * The log of a process: JSON lines on standard output, without personal data. Addresses of pages are logged as route
 * templates only, and errors of the database without their sentence, which quotes values.
 */
export function makeLog(name: string, level = 'info'): Logger {
  return pino({ name, level, serializers: { err: describeError } })
}

/** What of an error may be logged. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error }
  const { code, errno, sqlState } = error as { code?: unknown; errno?: unknown; sqlState?: unknown }
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '))
  const described: Record<string, unknown> = { type: error.name, code, stack: frames.join('\n') }
  if (sqlState !== undefined) return { ...described, errno, sqlState }
  return error.cause === undefined
    ? { ...described, message: error.message }
    : { ...described, message: error.message, cause: describeError(error.cause) }
}
