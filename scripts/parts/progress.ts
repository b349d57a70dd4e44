/** What a part of the start tells the person who waits for it: one line per event, with its name in front. */
export function say(part: string, words: string): void {
  process.stdout.write(`${part}: ${words}\n`)
}

/** Seconds since an instant of `performance.now()`, as people read them. */
export function seconds(since: number): string {
  const passed = (performance.now() - since) / 1000
  return passed < 10 ? `${passed.toFixed(1)} s` : `${Math.round(passed)} s`
}

/**
 * Does a piece of work and says so when it takes longer than a second: what is being done, that it is still being done
 * (every ten seconds), and how long it took.
 */
export async function during<Result>(part: string, doing: string, work: () => Promise<Result>): Promise<Result> {
  const began = performance.now()
  let told = false
  const tell = () => {
    say(part, told ? `${doing} … ${seconds(began)}` : `${doing} …`)
    told = true
  }
  const first = setTimeout(tell, 1000)
  const again = setInterval(tell, 10_000)
  try {
    const result = await work()
    if (told) say(part, `done in ${seconds(began)}`)
    return result
  } finally {
    clearTimeout(first)
    clearInterval(again)
  }
}
