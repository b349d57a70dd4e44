import type { Caller } from './server/services.ts'

/** Who did something, as versions of a segment and records of a suppression say it. */
export function callerName(caller: Caller | null): string {
  if (caller === null) return 'unknown'
  return caller.kind === 'user' ? caller.email : `API key ${caller.name}`
}
