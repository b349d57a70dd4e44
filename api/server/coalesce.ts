const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000

/**
 * Makes many requests for the same work into few runs: at most one at a time, and one more after it when somebody asked
 * meanwhile. Work that fails is tried again after a pause that doubles, until it is done.
 *
 * @param failed is told each failure
 * @returns `ask` returns at once and never throws; `stop` ends the attempts
 */
export function coalesce(
  work: () => Promise<void>,
  failed: (error: unknown) => void,
): { ask: () => void; stop: () => void } {
  let wanted = false
  let running = false
  let stopped = false
  let pause = FIRST_PAUSE_MS
  let timer: NodeJS.Timeout | undefined

  const run = async (): Promise<void> => {
    running = true
    timer = undefined
    while (wanted && !stopped) {
      wanted = false
      try {
        await work()
        pause = FIRST_PAUSE_MS
      } catch (error) {
        wanted = true
        if (stopped) break
        failed(error)
        timer = setTimeout(run, pause)
        timer.unref()
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
        break
      }
    }
    running = false
  }

  return {
    ask: () => {
      wanted = true
      // while a pause lasts, its end does the work
      if (!running && timer === undefined && !stopped) void run()
    },
    stop: () => {
      stopped = true
      clearTimeout(timer)
    },
  }
}
