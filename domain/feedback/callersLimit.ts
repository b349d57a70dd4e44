type Window = { began: number; count: number }

/** More callers than this are not remembered: the oldest are forgotten first. */
const MAX_CALLERS = 10_000
const MINUTE = 60_000

/** Counts what each address does in a minute. Whoever does too much is asked to come back later, and does: mail servers try again. */
export class CallersLimit {
  readonly #windows = new Map<string, Window>()
  readonly #most: number

  constructor(most: number) {
    this.#most = most
  }

  /** Counts one; false when it is one too many. */
  take(address: string, now: Date): boolean {
    const at = now.getTime()
    const known = this.#windows.get(address)
    const window = known !== undefined && at - known.began < MINUTE ? known : { began: at, count: 0 }
    this.#windows.delete(address)
    this.#windows.set(address, window)
    const [oldest] = this.#windows.keys()
    if (this.#windows.size > MAX_CALLERS && oldest !== undefined) this.#windows.delete(oldest)
    window.count += 1
    return window.count <= this.#most
  }
}
