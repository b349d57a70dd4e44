/** For how long an answer of the database is believed, in milliseconds. */
const BELIEVED = 60_000

/** Asks the database once a minute, not for each message. */
export function remembered<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | null = null
  let until = 0
  return () => {
    if (answer === null || performance.now() > until) {
      answer = ask()
      until = performance.now() + BELIEVED
      answer.catch(() => {
        answer = null
      })
    }
    return answer
  }
}
