import { ProblemError } from '../../client/problem.ts'

/**
 * True when an answer says for certain that no mailing was made. Without an answer (no network, a proxy in the way, a
 * server that broke down half way) nobody knows; the same key has to be asked again.
 */
export function isDecided(error: unknown): boolean {
  if (!(error instanceof ProblemError)) return false
  // Too many requests, a sign-in that ran out: refused for now, but the act itself was not looked at.
  return error.status >= 400 && error.status < 500
}
