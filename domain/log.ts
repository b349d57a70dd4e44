import { type Logger, pino } from 'pino'
import { traceIds } from './tracing/tracing.ts'

/**
 * The log of a process: JSON lines on standard output, without personal data. Addresses of pages are logged as route
 * templates only, and errors of the database without their sentence, which quotes values. Where traces are collected, a line says
 * of which one it is a part.
 */
export function makeLog(name: string, level = 'info'): Logger {
  return pino({ name, level, serializers: { err: describeError }, mixin: traceIds })
}

/** What of an error may be logged. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error }
  const { code, errno, sqlState } = error as { code?: unknown; errno?: unknown; sqlState?: unknown }
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '))
  const described: Record<string, unknown> = { type: error.name, code, stack: frames.join('\n') }
  if (sqlState !== undefined) return { ...described, errno, sqlState }
  const message = withoutValues(error.message)
  return error.cause === undefined
    ? { ...described, message }
    : { ...described, message, cause: describeError(error.cause) }
}

/**
 * The words of an error without what they quote: others' errors carry those of the database, which quotes the values of a
 * statement, and those of mail servers, which repeat addresses.
 */
export const withoutValues = (words: string): string =>
  words.replace(/'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.)*"/g, '…').replace(/[^\s<>()[\]{},;:]+@[^\s<>()[\]{},;:]+/g, '…')
