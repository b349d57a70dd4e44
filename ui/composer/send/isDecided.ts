import { ProblemError } from '../../client/problem.ts'

/** Refusals that come before the server looks at the act itself: they say nothing about an earlier try. */
const AT_THE_DOOR: readonly number[] = [401, 403, 408, 429]

/**
 * True when an answer says for certain that no mailing was made. Without an answer (no network, a proxy in the way, a
 * server that broke down half way) nobody knows; the same key has to be asked again.
 *
 * @param first whether this was the first time the key was used
 */
export function isDecided(error: unknown, first: boolean): boolean {
  if (!(error instanceof ProblemError) || isRunning(error)) return false
  if (error.status < 400 || error.status >= 500) return false
  return first || !AT_THE_DOOR.includes(error.status)
}

/** True when an earlier call with the same key is still being worked on. */
export function isRunning(error: unknown): boolean {
  return error instanceof ProblemError && error.code === 'conflict' && 'retry_after' in error.document
}
