const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Waits after the first, second, … try that did not arrive: a day in all. */
const WAITS = [10_000, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 9 * HOUR]

/**
 * When a call is tried again.
 *
 * @param attempts how many were made, at least 1
 * @returns null when it is given up, a day after the first one
 */
export function nextTry(attempts: number, now: Date): Date | null {
  const wait = WAITS[attempts - 1]
  return wait === undefined ? null : new Date(now.getTime() + wait)
}
