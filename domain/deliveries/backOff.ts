const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** Waits after the first, second, … refusal: short ones for greylisting and restarts, long ones for trouble. */
const WAITS = [5 * SECOND, 20 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR]

/** After this many attempts, about two and a half days, a message is given up. */
const MAX_ATTEMPTS = 20

/**
 * When a message that was refused for now goes again.
 *
 * @param attempts how many were made, at least 1
 * @returns null when it is given up
 */
export function nextAttempt(attempts: number, now: Date): Date | null {
  if (attempts >= MAX_ATTEMPTS) return null
  const wait = WAITS[Math.min(attempts, WAITS.length) - 1] ?? SECOND
  return new Date(now.getTime() + wait)
}
