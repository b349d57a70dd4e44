import { Problem } from '../../domain/errors.ts'

type Window = { began: number; count: number }

/** More names than this are not remembered: the oldest are forgotten first, so that memory stays small. */
const MAX_NAMES = 50_000

/**
 * Counts attempts by name in fixed windows, in this process. Several API processes allow as many times as many: enough
 * against guessing, at no cost for the database.
 */
export class RateLimit {
  private readonly windows = new Map<string, Window>()
  private readonly attempts: number
  private readonly windowMs: number

  /** @param attempts how many are allowed in `windowMs` milliseconds */
  constructor(attempts: number, windowMs: number) {
    this.attempts = attempts
    this.windowMs = windowMs
  }

  /** Counts one attempt. Throws Problem 'too_many_requests', with the seconds to wait, when there were too many. */
  take(name: string, now: Date): void {
    const at = now.getTime()
    const known = this.windows.get(name)
    const window = known !== undefined && at - known.began < this.windowMs ? known : { began: at, count: 0 }
    if (window.count >= this.attempts) {
      const seconds = Math.max(1, Math.ceil((window.began + this.windowMs - at) / 1000))
      const wait = seconds < 120 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`
      throw new Problem('too_many_requests', `Too many attempts. Try again in ${wait}.`, [], { retry_after: seconds })
    }
    window.count++
    this.windows.delete(name)
    this.windows.set(name, window)
    if (this.windows.size > MAX_NAMES) this.forgetOldest()
  }

  /** Forgets the attempts of a name. */
  clear(name: string): void {
    this.windows.delete(name)
  }

  private forgetOldest(): void {
    const [oldest] = this.windows.keys()
    if (oldest !== undefined) this.windows.delete(oldest)
  }
}
